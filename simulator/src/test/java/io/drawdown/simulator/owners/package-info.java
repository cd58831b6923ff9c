@NullMarked
package io.drawdown.simulator.owners;

import org.jspecify.annotations.NullMarked;
