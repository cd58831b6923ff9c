/** Owns what becomes of tasks as metrics, and the health of this instance. Uses {@code run} and {@code tasks}. */
@NullMarked
package io.drawdown.tasks.metrics;

import org.jspecify.annotations.NullMarked;
