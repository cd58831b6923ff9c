/**
 * Owns the simulated billing-batch: its instances, the stores under them, a model of Slack, the teams and their cards, and what must
 * hold for items and charges. Uses {@code broker}, {@code leases}, {@code stripe} and {@code world}.
 */
@NullMarked
package io.drawdown.simulator.billing;

import org.jspecify.annotations.NullMarked;
