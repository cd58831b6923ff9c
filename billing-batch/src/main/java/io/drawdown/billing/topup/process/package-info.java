/**
 * Owns the batch process of top-ups. Uses {@code batch}, {@code notice}, {@code topup}, {@code topup.engine} and {@code topup.store}.
 */
@NullMarked
package io.drawdown.billing.topup.process;

import org.jspecify.annotations.NullMarked;
