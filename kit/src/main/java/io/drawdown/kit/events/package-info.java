/**
 * Owns events: CloudEvents on Kafka, the port that publishes them, and how batches are read, retried and set
 * aside. Uses {@code faults}, {@code json} and {@code time}.
 */
@NullMarked
package io.drawdown.kit.events;

import org.jspecify.annotations.NullMarked;
