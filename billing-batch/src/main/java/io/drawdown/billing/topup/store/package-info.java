/** Owns how top-ups are kept. Uses {@code store} and {@code topup}. */
@NullMarked
package io.drawdown.billing.topup.store;

import org.jspecify.annotations.NullMarked;
