/**
 * Owns the invariants of sessions: who is served, what is charged, and what clients are told. Uses the simulated
 * session-service, which does not know it.
 */
@NullMarked
package io.drawdown.simulator.sessions.invariants;

import org.jspecify.annotations.NullMarked;
