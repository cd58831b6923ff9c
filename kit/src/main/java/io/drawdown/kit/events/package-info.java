/** CloudEvents on Kafka: the JSON of the wire, the port that publishes, and how batches are read, retried and set aside. */
@NullMarked
package io.drawdown.kit.events;

import org.jspecify.annotations.NullMarked;
