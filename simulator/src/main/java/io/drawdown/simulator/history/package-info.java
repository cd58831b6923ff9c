/** A history: what is done to the world step by step, how it is repeated, shortened and told. */
@NullMarked
package io.drawdown.simulator.history;

import org.jspecify.annotations.NullMarked;
