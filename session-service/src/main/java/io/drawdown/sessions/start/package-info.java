/**
 * Owns the way from a {@code start} or {@code resume} frame to a live session: admission, the attempt, its refusal. Uses
 * live sessions, funding, connections and the document.
 */
@NullMarked
package io.drawdown.sessions.start;

import org.jspecify.annotations.NullMarked;
