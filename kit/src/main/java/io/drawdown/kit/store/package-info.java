/**
 * Owns what the stores of all services do in the same way: amounts as documents, guarded writes, reads that
 * decide, the meaning of faults. Uses {@code faults} and {@code time}.
 */
@NullMarked
package io.drawdown.kit.store;

import org.jspecify.annotations.NullMarked;
