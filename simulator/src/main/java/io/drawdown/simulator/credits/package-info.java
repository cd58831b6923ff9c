/** credits-service in the simulated world: its ports, its instances, and the gateways that call it. */
@NullMarked
package io.drawdown.simulator.credits;

import org.jspecify.annotations.NullMarked;
