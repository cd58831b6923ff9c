/** Known bugs, planted one at a time into the classes of a simulated world; the sources themselves stay as they are. */
@NullMarked
package io.drawdown.simulator.plants;

import org.jspecify.annotations.NullMarked;
