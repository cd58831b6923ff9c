/**
 * Owns what is configured: prices, slices, bounds and intervals. Fills the limit records of the other packages.
 */
@NullMarked
package io.drawdown.credits.config;

import org.jspecify.annotations.NullMarked;
