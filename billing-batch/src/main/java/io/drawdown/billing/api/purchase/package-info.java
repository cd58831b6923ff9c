/**
 * Owns the routes of packs and purchases. Uses {@code charge}, {@code payer}, {@code purchase}, {@code purchase.engine} and {@code
 * purchase.store}.
 */
@NullMarked
package io.drawdown.billing.api.purchase;

import org.jspecify.annotations.NullMarked;
