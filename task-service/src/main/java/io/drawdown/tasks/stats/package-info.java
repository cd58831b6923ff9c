/**
 * Owns the numbers of tasks: what this process changed in them, the sums over all processes, and the recount that corrects
 * them. Uses {@code store} and {@code task}.
 */
@NullMarked
package io.drawdown.tasks.stats;

import org.jspecify.annotations.NullMarked;
