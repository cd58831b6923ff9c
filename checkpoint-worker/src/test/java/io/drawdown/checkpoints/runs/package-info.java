@NullMarked
package io.drawdown.checkpoints.runs;

import org.jspecify.annotations.NullMarked;
