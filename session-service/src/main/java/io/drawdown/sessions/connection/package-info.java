/** Owns one client's connection: who it is, what it may send, what waits to be sent. Uses the protocol. */
@NullMarked
package io.drawdown.sessions.connection;

import org.jspecify.annotations.NullMarked;
