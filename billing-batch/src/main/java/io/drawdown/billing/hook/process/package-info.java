/** Owns the batch processes of Stripe's events. Uses {@code batch}, {@code config} and {@code hook}. */
@NullMarked
package io.drawdown.billing.hook.process;

import org.jspecify.annotations.NullMarked;
