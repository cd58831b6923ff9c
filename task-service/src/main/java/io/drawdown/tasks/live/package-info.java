/**
 * Owns who watches which tasks in this instance, and what each of them is told, in order: the rules of one task ({@code Trail}),
 * of one client ({@code LiveView}) and of all ({@code LiveTasks}). Uses {@code store} and {@code task}.
 */
@NullMarked
package io.drawdown.tasks.live;

import org.jspecify.annotations.NullMarked;
