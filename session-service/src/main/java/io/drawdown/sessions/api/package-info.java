/**
 * Owns the edges: REST routes, the WebSocket, its handshake, readiness. Uses {@code config}, {@code connection},
 * {@code document}, {@code gateway}, {@code protocol} and {@code sessions}.
 */
@NullMarked
package io.drawdown.sessions.api;

import org.jspecify.annotations.NullMarked;
