/**
 * Owns the measurements of session-service: starts, exact stops, ends, pushes, what events
 * of others cost, many connected sessions, and how soon sessions are served again after the kill of their instance. Uses {@code
 * core}, {@code load}, {@code stack} and {@code report}.
 */
@NullMarked
package io.drawdown.bench.sessions;

import org.jspecify.annotations.NullMarked;
