/**
 * Owns callers, their roles and the checks of their tokens, and the tokens with which clients resume sessions.
 * Uses {@code problem} and {@code time}.
 */
@NullMarked
package io.drawdown.kit.security;

import org.jspecify.annotations.NullMarked;
