/**
 * Owns the stack that is measured: fresh processes, what they use of the machine, and a client that costs little. Uses
 * {@code cli} and {@code contracts}.
 */
@NullMarked
package io.drawdown.bench.stack;

import org.jspecify.annotations.NullMarked;
