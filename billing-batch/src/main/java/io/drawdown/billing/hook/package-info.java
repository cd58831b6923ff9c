/** Owns what Stripe tells by webhooks: who may tell it, its inbox, and what was missed. Uses {@code store}. */
@NullMarked
package io.drawdown.billing.hook;

import org.jspecify.annotations.NullMarked;
