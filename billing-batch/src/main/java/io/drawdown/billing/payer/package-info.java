/**
 * Owns those who pay: their customer at Stripe, their card, its declines, and which of their charges is under way. Uses {@code
 * charge} and {@code charge.engine}.
 */
@NullMarked
package io.drawdown.billing.payer;

import org.jspecify.annotations.NullMarked;
