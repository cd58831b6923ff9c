/**
 * Owns what becomes of tasks as metrics, and the health of the queue and of this instance. Uses {@code config}, {@code run},
 * {@code stats}, {@code store}, {@code task} and {@code tasks}.
 */
@NullMarked
package io.drawdown.tasks.metrics;

import org.jspecify.annotations.NullMarked;
