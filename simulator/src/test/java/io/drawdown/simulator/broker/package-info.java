@NullMarked
package io.drawdown.simulator.broker;

import org.jspecify.annotations.NullMarked;
