/**
 * Owns the simulated broker: the logs of events, their publishers, and the consumer groups with their faults. Uses
 * {@code world} and the ports of {@code kit.events}.
 */
@NullMarked
package io.drawdown.simulator.broker;

import org.jspecify.annotations.NullMarked;
