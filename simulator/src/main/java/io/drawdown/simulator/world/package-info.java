/** What a simulated process lives in: time, other processes, and lines between them that fail. */
@NullMarked
package io.drawdown.simulator.world;

import org.jspecify.annotations.NullMarked;
