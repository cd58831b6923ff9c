/** The only clock and the only timers of Drawdown. */
@NullMarked
package io.drawdown.kit.time;

import org.jspecify.annotations.NullMarked;
