/** Sends what an aggregate's own document says is to be sent: rows first, then events, in order per key. */
@NullMarked
package io.drawdown.kit.outbox;

import org.jspecify.annotations.NullMarked;
