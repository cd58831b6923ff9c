/** checkpoint-worker in the simulated world. */
@NullMarked
package io.drawdown.simulator.workers;

import org.jspecify.annotations.NullMarked;
