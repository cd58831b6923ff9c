/**
 * Owns what appears in the log, whoever writes it: the trace and the request that a line is about, no tokens, and no lines made up by a
 * client. Uses {@code trace}.
 */
@NullMarked
package io.drawdown.kit.logging;

import org.jspecify.annotations.NullMarked;
