/**
 * Sends what an aggregate's own document says is to be sent: rows first, then events, in order per key.
 *
 * <p>Several processes may each have a relay for the same aggregates. So that one of them sends an item, whoever adds to
 * items that are not drained leaves his to the one that drains them, which looks at the aggregate when it trims it. This
 * only saves work. That everything is sent rests on one thing: what has waited for a while is offered to every relay that
 * finds it, and what is offered is sent.
 */
@NullMarked
package io.drawdown.kit.outbox;

import org.jspecify.annotations.NullMarked;
