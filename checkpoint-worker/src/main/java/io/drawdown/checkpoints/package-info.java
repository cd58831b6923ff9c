/**
 * Owns the core of checkpoint-worker and its wiring to Quarkus, Kafka and MongoDB. Uses {@code config}, {@code
 * metering} and {@code runs}.
 */
@NullMarked
package io.drawdown.checkpoints;

import org.jspecify.annotations.NullMarked;
