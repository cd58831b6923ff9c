@NullMarked
package io.drawdown.checkpoints;

import org.jspecify.annotations.NullMarked;
