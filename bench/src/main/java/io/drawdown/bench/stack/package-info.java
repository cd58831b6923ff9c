/**
 * Owns the stack that is measured: fresh processes, what they use of the machine, a client that costs little, and
 * processes that measure themselves. Uses {@code load}, {@code cli} and {@code contracts}.
 */
@NullMarked
package io.drawdown.bench.stack;

import org.jspecify.annotations.NullMarked;
