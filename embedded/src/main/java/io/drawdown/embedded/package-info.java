/** A MongoDB-compatible server and a real Kafka broker, started from Java for tests and for the local stack. */
@NullMarked
package io.drawdown.embedded;

import org.jspecify.annotations.NullMarked;
