/**
 * Owns the only clock and the only timers of Drawdown, and what is built on them: back-off, periodic tasks, time
 * limits, polling. Uses {@code faults}.
 */
@NullMarked
package io.drawdown.kit.time;

import org.jspecify.annotations.NullMarked;
