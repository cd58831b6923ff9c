/**
 * Owns the core of session-service and its wiring to Quarkus, MongoDB and Kafka. Uses every other package but the
 * API.
 */
@NullMarked
package io.drawdown.sessions;

import org.jspecify.annotations.NullMarked;
