/**
 * Owns the measurements of session-service: starts, exact stops, ends, pushes, and the takeover after a kill. Uses {@code
 * core}, {@code load}, {@code stack} and {@code report}.
 */
@NullMarked
package io.drawdown.bench.sessions;

import org.jspecify.annotations.NullMarked;
