/**
 * Owns the way from a {@code start} or {@code resume} frame to a live session: admission, the attempt, its
 * refusal. Uses {@code config}, {@code connection}, {@code document}, {@code funding}, {@code live} and {@code
 * protocol}.
 */
@NullMarked
package io.drawdown.sessions.start;

import org.jspecify.annotations.NullMarked;
