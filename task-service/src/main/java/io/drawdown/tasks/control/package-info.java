/**
 * Owns what people and programs do to a task that exists: cancel it, replay it, move it. Uses {@code config},
 * {@code enqueue}, {@code run}, {@code store}, {@code task} and {@code upkeep}.
 */
@NullMarked
package io.drawdown.tasks.control;

import org.jspecify.annotations.NullMarked;
