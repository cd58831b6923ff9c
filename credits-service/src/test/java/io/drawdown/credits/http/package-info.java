/** The routes, on real servers. */
@NullMarked
package io.drawdown.credits.http;

import org.jspecify.annotations.NullMarked;
