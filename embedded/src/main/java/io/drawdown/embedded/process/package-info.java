/**
 * Owns what embedded servers need to run as processes: one-line errors and logs. Uses nothing else of
 * Drawdown.
 */
@NullMarked
package io.drawdown.embedded.process;

import org.jspecify.annotations.NullMarked;
