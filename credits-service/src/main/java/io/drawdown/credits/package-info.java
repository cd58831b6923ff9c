/**
 * Owns {@link io.drawdown.credits.CreditsCore}, its entries, and its wiring to Quarkus, Kafka and MongoDB. Uses
 * {@code account}, {@code checks}, {@code commit}, {@code config}, {@code decision}, {@code grants}, {@code ledger}, {@code
 * metrics}, {@code rules}, {@code sessions} and {@code store}.
 */
@NullMarked
package io.drawdown.credits;

import org.jspecify.annotations.NullMarked;
