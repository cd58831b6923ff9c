/**
 * Owns the core of session-service and its wiring to Quarkus, MongoDB and Kafka. Uses {@code config}, {@code
 * connection}, {@code control}, {@code document}, {@code funding}, {@code gateway}, {@code live}, {@code protocol}, {@code
 * recovery}, {@code resume} and {@code start}.
 */
@NullMarked
package io.drawdown.sessions;

import org.jspecify.annotations.NullMarked;
