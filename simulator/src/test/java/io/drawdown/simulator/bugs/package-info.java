/**
 * Owns the seeded bugs, the known mistakes that the simulator must find. Uses {@code overlay} to patch the sources, and
 * histories as a user of the simulator does.
 */
@NullMarked
package io.drawdown.simulator.bugs;

import org.jspecify.annotations.NullMarked;
