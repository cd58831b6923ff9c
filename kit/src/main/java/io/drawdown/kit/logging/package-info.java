/**
 * Owns what may appear in the log, whoever writes it: no tokens, and no lines made up by a client. Uses nothing
 * else of kit.
 */
@NullMarked
package io.drawdown.kit.logging;

import org.jspecify.annotations.NullMarked;
