/** Owns what the core counts, and its counters for Prometheus. Uses nothing of this service. */
@NullMarked
package io.drawdown.credits.metrics;

import org.jspecify.annotations.NullMarked;
