/** Owns the configuration. Uses nothing else of billing-batch. */
@NullMarked
package io.drawdown.billing.config;

import org.jspecify.annotations.NullMarked;
