/**
 * Owns the way from a {@code start} frame to a live session: admission, the attempt, its refusal. Uses live
 * sessions, funding and connections.
 */
@NullMarked
package io.drawdown.sessions.start;

import org.jspecify.annotations.NullMarked;
