/** Owns the commands of {@code ./drawdown}. Uses all other packages of this module. */
@NullMarked
package io.drawdown.cli;

import org.jspecify.annotations.NullMarked;
