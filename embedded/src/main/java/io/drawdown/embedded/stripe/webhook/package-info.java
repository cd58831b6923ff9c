/**
 * Owns the delivery of events to webhook endpoints: signatures, retries, and what goes wrong with them on demand. Uses {@link
 * io.drawdown.embedded.stripe.api} and {@link io.drawdown.embedded.stripe.store}.
 */
@NullMarked
package io.drawdown.embedded.stripe.webhook;

import org.jspecify.annotations.NullMarked;
