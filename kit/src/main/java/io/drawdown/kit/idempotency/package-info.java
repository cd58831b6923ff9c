/**
 * Owns idempotency keys, and the hashes that distinguish a repeated request from another one. Uses {@code json}
 * and {@code problem}.
 */
@NullMarked
package io.drawdown.kit.idempotency;

import org.jspecify.annotations.NullMarked;
