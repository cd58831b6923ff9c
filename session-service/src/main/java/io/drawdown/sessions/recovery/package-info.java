/**
 * Owns the ends of sessions that nobody serves, their takeover, and the answers to overdue holds. Uses {@code config}, {@code document}
 * and {@code funding}.
 */
@NullMarked
package io.drawdown.sessions.recovery;

import org.jspecify.annotations.NullMarked;
