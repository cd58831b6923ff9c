/** Owns the summary of each cycle, a run: its document, metrics and route. Uses {@code config}. */
@NullMarked
package io.drawdown.checkpoints.runs;

import org.jspecify.annotations.NullMarked;
