/**
 * Owns the runs of workers that live elsewhere: how they lease tasks, what they say of them, and what becomes of a lease that
 * is over. Nothing of a lease is held in memory, so any instance answers for it. Uses {@code config}, {@code run}, {@code store}
 * and {@code task}.
 */
@NullMarked
package io.drawdown.tasks.external;

import org.jspecify.annotations.NullMarked;
