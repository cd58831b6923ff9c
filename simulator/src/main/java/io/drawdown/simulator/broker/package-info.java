/** The broker of the simulated world: logs of events, who writes them, and the groups that read them. */
@NullMarked
package io.drawdown.simulator.broker;

import org.jspecify.annotations.NullMarked;
