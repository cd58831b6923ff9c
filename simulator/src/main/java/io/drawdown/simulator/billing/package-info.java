/**
 * Owns the simulated billing-batch: its instances, the teams and their cards, those who watch Stripe, and what must hold for items and
 * charges. Uses {@code broker}, {@code leases}, {@code stripe}, {@code world}, and what is under it.
 */
@NullMarked
package io.drawdown.simulator.billing;

import org.jspecify.annotations.NullMarked;
