/** Owns the conversation with credits-service. Uses {@code purchase.engine}. */
@NullMarked
package io.drawdown.billing.credits;

import org.jspecify.annotations.NullMarked;
