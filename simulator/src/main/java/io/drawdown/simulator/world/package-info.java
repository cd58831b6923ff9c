/**
 * Owns what a simulated process lives in: virtual time, databases, processes, and links between them that fail.
 * Uses the clock, the ports' faults and {@code DatabaseTime} of {@code kit}, and no other package of the
 * simulator.
 */
@NullMarked
package io.drawdown.simulator.world;

import org.jspecify.annotations.NullMarked;
