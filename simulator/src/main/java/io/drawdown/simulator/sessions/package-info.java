/** session-service in the simulated world: its ports, its incarnations, and the clients that it serves. */
@NullMarked
package io.drawdown.simulator.sessions;

import org.jspecify.annotations.NullMarked;
