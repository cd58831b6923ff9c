/**
 * Owns the routes of tasks: what may be sent, and how a task is shown. Uses {@code config}, {@code control}, {@code enqueue}, {@code
 * live}, {@code runner}, {@code stats}, {@code store}, {@code task} and {@code tasks}.
 */
@NullMarked
package io.drawdown.tasks.api;

import org.jspecify.annotations.NullMarked;
