/**
 * Owns the core of task-service and its wiring. Uses {@code config}, {@code control}, {@code enqueue}, {@code external}, {@code
 * handler}, {@code live}, {@code metrics}, {@code run}, {@code runner}, {@code stats}, {@code store}, {@code task} and {@code
 * upkeep}.
 */
@NullMarked
package io.drawdown.tasks;

import org.jspecify.annotations.NullMarked;
