/**
 * Owns the routes of tasks: what may be sent, and how a task is shown. Uses {@code bulk}, {@code config}, {@code control}, {@code
 * enqueue}, {@code external}, {@code live}, {@code runner}, {@code stats}, {@code store}, {@code task} and {@code tasks}.
 */
@NullMarked
package io.drawdown.tasks.api;

import org.jspecify.annotations.NullMarked;
