/**
 * Owns how top-ups watch their accounts and buy. Uses {@code purchase}, {@code purchase.engine}, {@code topup} and {@code
 * topup.store}.
 */
@NullMarked
package io.drawdown.billing.topup.engine;

import org.jspecify.annotations.NullMarked;
