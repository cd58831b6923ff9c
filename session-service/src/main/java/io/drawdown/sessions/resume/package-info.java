/**
 * Owns the way of a client back to its session, wherever that was served: its attempt, the former owner's hand-over or
 * proof, and the takeover after which the session goes on here. Uses {@code connection}, {@code control}, {@code document},
 * {@code funding}, {@code live}, {@code protocol} and {@code recovery}.
 */
@NullMarked
package io.drawdown.sessions.resume;

import org.jspecify.annotations.NullMarked;
