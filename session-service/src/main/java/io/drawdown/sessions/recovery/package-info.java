/**
 * Owns the takeover of sessions whose owner is dead, and the answers to overdue holds. Uses {@code document}
 * and {@code funding}.
 */
@NullMarked
package io.drawdown.sessions.recovery;

import org.jspecify.annotations.NullMarked;
