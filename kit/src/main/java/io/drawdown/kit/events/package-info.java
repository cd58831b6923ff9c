/**
 * Owns events: CloudEvents on Kafka, the port that publishes them, and how batches are read, retried and set
 * aside. Uses {@code faults}, {@code json}, {@code time} and {@code trace}.
 */
@NullMarked
package io.drawdown.kit.events;

import org.jspecify.annotations.NullMarked;
