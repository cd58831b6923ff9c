/** Owns the edges: REST routes, the WebSocket, its handshake, readiness. Uses the core; nothing uses it. */
@NullMarked
package io.drawdown.sessions.api;

import org.jspecify.annotations.NullMarked;
