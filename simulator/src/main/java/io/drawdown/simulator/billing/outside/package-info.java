/**
 * Owns what the simulated billing-batch talks to: the ways of a process to Stripe, Slack and credits-service, and models of the latter
 * two. Uses {@code stripe} and {@code world}.
 */
@NullMarked
package io.drawdown.simulator.billing.outside;

import org.jspecify.annotations.NullMarked;
