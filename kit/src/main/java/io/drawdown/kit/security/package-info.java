/** Who calls and what they may touch; the tokens that let a client come back to its session. */
@NullMarked
package io.drawdown.kit.security;

import org.jspecify.annotations.NullMarked;
