@NullMarked
package io.drawdown.simulator.history;

import org.jspecify.annotations.NullMarked;
