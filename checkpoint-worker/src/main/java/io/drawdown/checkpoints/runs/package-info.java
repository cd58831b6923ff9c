/** The checkpoint: keeps the greatest reading of every running session and reports each once an interval. */
@NullMarked
package io.drawdown.checkpoints.runs;

import org.jspecify.annotations.NullMarked;
