/** Owns the key pair of the local stack and signs its tokens; nothing else signs. Uses {@code files}. */
@NullMarked
package io.drawdown.cli.tokens;

import org.jspecify.annotations.NullMarked;
