/** Owns what the core counts, and its counters for Prometheus. Uses nothing else of the service. */
@NullMarked
package io.drawdown.credits.metrics;

import org.jspecify.annotations.NullMarked;
