/**
 * Owns what every socket of the house does in the same way: the handshake, tokens, floods, strict frames, slow clients. The
 * classes that name WebSockets Next are for services that have it. Uses {@code json}, {@code problem}, {@code security}, {@code
 * time} and {@code trace}.
 */
@NullMarked
package io.drawdown.kit.socket;

import org.jspecify.annotations.NullMarked;
