/** How a service starts and stops, and how it says in plain sentences why it cannot. */
@NullMarked
package io.drawdown.kit.lifecycle;

import org.jspecify.annotations.NullMarked;
