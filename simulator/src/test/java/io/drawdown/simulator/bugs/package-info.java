/**
 * Owns the seeded bugs: known mistakes, each an edit of a source, which the simulator must find. Uses the campaign
 * as a user does.
 */
@NullMarked
package io.drawdown.simulator.bugs;

import org.jspecify.annotations.NullMarked;
