/** Owns the embedded Kafka broker and its process. Uses {@link io.drawdown.embedded.process} only. */
@NullMarked
package io.drawdown.embedded.kafka;

import org.jspecify.annotations.NullMarked;
