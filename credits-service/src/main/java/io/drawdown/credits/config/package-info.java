/**
 * Owns what is configured: prices, slices, bounds and intervals. Uses the records that the other packages take
 * their numbers from.
 */
@NullMarked
package io.drawdown.credits.config;

import org.jspecify.annotations.NullMarked;
