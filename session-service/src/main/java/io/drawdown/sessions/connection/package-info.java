/**
 * Owns one client's connection: what it may say, and the session that it is bound to. Uses {@code config} and {@code
 * protocol}.
 */
@NullMarked
package io.drawdown.sessions.connection;

import org.jspecify.annotations.NullMarked;
