/** Owns automatic top-ups as values: the rule of an account, and when it buys. Uses {@code purchase} and {@code store}. */
@NullMarked
package io.drawdown.billing.topup;

import org.jspecify.annotations.NullMarked;
