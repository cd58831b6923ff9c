/**
 * Owns sessions whose owners keep only to the contract of credits-service, with takeovers after which both owners go on.
 * Uses {@code world}, {@code broker}, {@code credits} and {@code invariants}.
 */
@NullMarked
package io.drawdown.simulator.owners;

import org.jspecify.annotations.NullMarked;
