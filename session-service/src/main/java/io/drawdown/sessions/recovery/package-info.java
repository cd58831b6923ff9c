/**
 * Owns the takeover of sessions whose owner is dead, and the answers to overdue holds. Uses live sessions, funding,
 * leases and the document.
 */
@NullMarked
package io.drawdown.sessions.recovery;

import org.jspecify.annotations.NullMarked;
