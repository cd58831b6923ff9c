/**
 * Owns one client's connection: what it may say, the session that it is bound to, and what it hears if it gets none. Uses
 * {@code config}, {@code document} and {@code protocol}.
 */
@NullMarked
package io.drawdown.sessions.connection;

import org.jspecify.annotations.NullMarked;
