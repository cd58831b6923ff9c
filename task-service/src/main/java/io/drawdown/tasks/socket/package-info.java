/**
 * Owns the socket over which clients watch tasks: its handshake, its frames, and what one client subscribes to. Uses {@code api},
 * {@code config}, {@code live}, {@code task} and {@code tasks}.
 */
@NullMarked
package io.drawdown.tasks.socket;

import org.jspecify.annotations.NullMarked;
