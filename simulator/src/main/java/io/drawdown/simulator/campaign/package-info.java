/** Many histories side by side, and what is told of them: the only part that has threads and a clock. */
@NullMarked
package io.drawdown.simulator.campaign;

import org.jspecify.annotations.NullMarked;
