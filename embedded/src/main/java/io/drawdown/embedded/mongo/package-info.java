/**
 * Owns the embedded MongoDB-compatible server, its durable storage and its process. Uses {@link
 * io.drawdown.embedded.process} and {@link io.drawdown.embedded.mongo.index}.
 */
@NullMarked
package io.drawdown.embedded.mongo;

import org.jspecify.annotations.NullMarked;
