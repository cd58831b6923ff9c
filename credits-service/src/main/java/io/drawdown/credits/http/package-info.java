/** credits-service over HTTP: the routes, what they read and what they show. */
@NullMarked
package io.drawdown.credits.http;

import org.jspecify.annotations.NullMarked;
