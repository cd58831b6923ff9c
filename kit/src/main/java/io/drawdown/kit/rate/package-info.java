/**
 * Owns how many requests one caller may send to an instance; only the framework calls it. Uses {@code problem}, {@code
 * security} and {@code time}.
 */
@NullMarked
package io.drawdown.kit.rate;

import org.jspecify.annotations.NullMarked;
