/**
 * Owns the way from a {@code start} frame to a live session: admission, the attempt, its refusal. Uses {@code config},
 * {@code connection}, {@code document}, {@code funding}, {@code live}, {@code protocol} and {@code resume}.
 */
@NullMarked
package io.drawdown.sessions.start;

import org.jspecify.annotations.NullMarked;
