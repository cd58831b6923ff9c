/** Owns the summary of each cycle: its document, metrics and route. Uses the configuration. */
@NullMarked
package io.drawdown.checkpoints.runs;

import org.jspecify.annotations.NullMarked;
