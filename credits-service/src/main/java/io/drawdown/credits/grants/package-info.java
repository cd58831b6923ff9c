/** Owns the grants that another service asks for. Uses {@code account}, {@code commit}, {@code decision} and {@code rules}. */
@NullMarked
package io.drawdown.credits.grants;

import org.jspecify.annotations.NullMarked;
