/** Owns the core of checkpoint-worker and its wiring to Quarkus, Kafka and MongoDB. Uses metering and runs. */
@NullMarked
package io.drawdown.checkpoints;

import org.jspecify.annotations.NullMarked;
