/**
 * Owns the measurements of billing-batch: its core in a process of its own, and the service over HTTP. Uses {@code load}, {@code report} and {@code stack}.
 */
@NullMarked
package io.drawdown.bench.batch;

import org.jspecify.annotations.NullMarked;
