/** The key pair of the local stack and the tokens signed with it; nothing else signs. */
@NullMarked
package io.drawdown.cli.tokens;

import org.jspecify.annotations.NullMarked;
