/**
 * Owns what happens to tasks by time alone: they become due, expire, go, and are taken from workers that
 * died; their events are found and sent. Uses
 * {@code config}, {@code enqueue}, {@code run}, {@code store} and {@code task}.
 */
@NullMarked
package io.drawdown.tasks.upkeep;

import org.jspecify.annotations.NullMarked;
