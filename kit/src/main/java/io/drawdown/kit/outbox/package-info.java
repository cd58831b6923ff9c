/**
 * Sends what an aggregate's own document says is to be sent: rows first, then events, in order per aggregate.
 * Uses {@code faults} and {@code time}.
 *
 * <p>Several instances may each have a relay for the same aggregates. To save work, an instance that adds to undrained
 * items leaves its own to the relay that drains them, which looks at the aggregate when it trims it. That everything
 * is sent does not depend on this: a sweep offers whatever has waited for a while to every relay that finds it, and a
 * relay sends whatever it is offered.
 */
@NullMarked
package io.drawdown.kit.outbox;

import org.jspecify.annotations.NullMarked;
