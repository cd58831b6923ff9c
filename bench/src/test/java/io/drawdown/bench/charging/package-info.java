/**
 * Owns the queue of billing-batch in a process of its own: its core on the database and the broker of the bench, with a stand-in for
 * Stripe whose calls take a given time. Uses {@code contenders} and {@code load}.
 */
@NullMarked
package io.drawdown.bench.charging;

import org.jspecify.annotations.NullMarked;
