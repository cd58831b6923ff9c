/** Owns how a charge is moved, with the ports to Stripe, to who pays and to the document that owns it. Uses {@code charge}. */
@NullMarked
package io.drawdown.billing.charge.engine;

import org.jspecify.annotations.NullMarked;
