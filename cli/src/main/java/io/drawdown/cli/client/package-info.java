/** Owns a REST client of the services. Uses {@code contracts} and Jackson only. */
@NullMarked
package io.drawdown.cli.client;

import org.jspecify.annotations.NullMarked;
