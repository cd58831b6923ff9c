/**
 * Owns what is configured: prices, slices, bounds and intervals; fills the limit records of other packages. Uses
 * {@code commit} and {@code decision}.
 */
@NullMarked
package io.drawdown.credits.config;

import org.jspecify.annotations.NullMarked;
