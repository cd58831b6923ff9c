/**
 * Owns the entry of {@code ./drawdown simulate}, which plays the real cores of all services through histories of
 * faults. Uses {@code campaign}.
 */
@NullMarked
package io.drawdown.simulator;

import org.jspecify.annotations.NullMarked;
