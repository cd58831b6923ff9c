/**
 * Owns the Kafka clients of a service: the publisher, the topics' names and checks, dead letters, feeds that
 * read everything, and the way from a channel to a {@link io.drawdown.kit.events.BatchProcessor}. Uses {@code events}, {@code faults}, {@code
 * json} and {@code trace}.
 */
@NullMarked
package io.drawdown.kit.kafka;

import org.jspecify.annotations.NullMarked;
