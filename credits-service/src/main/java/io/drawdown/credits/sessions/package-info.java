/**
 * Owns what owners of sessions and checkpoint-worker say: starts, renewals, takeovers, releases, usage, ends; has
 * no state of its own. Uses {@code account}, {@code commit}, {@code config}, {@code decision} and {@code rules}.
 */
@NullMarked
package io.drawdown.credits.sessions;

import org.jspecify.annotations.NullMarked;
