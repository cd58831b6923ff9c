/**
 * Owns the invariants of sessions: who is served, what is charged, and what clients are told. Uses {@code
 * sessions}, which does not know it, {@code sessions.stores}, {@code credits}, {@code invariants}, {@code
 * leases} and {@code world}.
 */
@NullMarked
package io.drawdown.simulator.sessions.invariants;

import org.jspecify.annotations.NullMarked;
