/** The world around the core, in memory and on a virtual clock: for its tests and for the simulator. */
@NullMarked
package io.drawdown.sessions.testing;

import org.jspecify.annotations.NullMarked;
