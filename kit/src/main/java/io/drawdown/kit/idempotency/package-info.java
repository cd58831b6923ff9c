/** Keys that make a command happen once, and hashes that tell its repetition from another request. */
@NullMarked
package io.drawdown.kit.idempotency;

import org.jspecify.annotations.NullMarked;
