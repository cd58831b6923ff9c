/**
 * Owns the protocol: form parameters and their shapes, routes, errors, lists, expansion and idempotency keys. Uses {@link
 * io.drawdown.embedded.stripe.store}.
 */
@NullMarked
package io.drawdown.embedded.stripe.api;

import org.jspecify.annotations.NullMarked;
