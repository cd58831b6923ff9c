/**
 * Owns the numbers of tasks as clients see them. Uses {@code config}, {@code metrics}, {@code stats}, {@code store}, {@code task}
 * and {@code tasks}.
 */
@NullMarked
package io.drawdown.tasks.api.stats;

import org.jspecify.annotations.NullMarked;
