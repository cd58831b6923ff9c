/** The commands of {@code ./drawdown}. */
@NullMarked
package io.drawdown.cli;

import org.jspecify.annotations.NullMarked;
