/**
 * Owns the runs: their document, metrics and route. A run is one pass through the slots of the interval, with its summary;
 * the API and the metrics call it a cycle, too. Uses {@code config}.
 */
@NullMarked
package io.drawdown.checkpoints.runs;

import org.jspecify.annotations.NullMarked;
