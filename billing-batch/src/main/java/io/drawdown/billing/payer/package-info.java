/**
 * Owns those who pay: their customer at Stripe, their cards and consents, what was declined, and which of their charges is under way.
 * Uses {@code charge}, {@code charge.engine} and {@code store}.
 */
@NullMarked
package io.drawdown.billing.payer;

import org.jspecify.annotations.NullMarked;
