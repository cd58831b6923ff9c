/**
 * Owns the way of a task into the queue: its id, its keys, its insert. Uses {@code config}, {@code run}, {@code
 * store} and {@code task}.
 */
@NullMarked
package io.drawdown.tasks.enqueue;

import org.jspecify.annotations.NullMarked;
