/**
 * Owns a charge as a value: its states, its rules, and what a decline means. Uses nothing else of the service.
 *
 * <p>A charge has one intent at Stripe at a time, which takes its amount once at most. {@code docs/adr/0009} says how a crash
 * between any two steps is resolved.
 */
@NullMarked
package io.drawdown.billing.charge;

import org.jspecify.annotations.NullMarked;
