/**
 * Owns the embedded Kafka broker with the topics of Drawdown, and its process. Uses {@link
 * io.drawdown.embedded.process} and the names of topics in contracts.
 */
@NullMarked
package io.drawdown.embedded.kafka;

import org.jspecify.annotations.NullMarked;
