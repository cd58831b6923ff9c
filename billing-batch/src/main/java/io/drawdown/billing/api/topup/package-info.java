/** Owns the routes of automatic top-ups. Uses {@code topup} and {@code topup.engine}. */
@NullMarked
package io.drawdown.billing.api.topup;

import org.jspecify.annotations.NullMarked;
