/**
 * Owns one client's connection: its identity, its limits, and the frames that wait to be sent. Uses {@code config}
 * and {@code protocol}.
 */
@NullMarked
package io.drawdown.sessions.connection;

import org.jspecify.annotations.NullMarked;
