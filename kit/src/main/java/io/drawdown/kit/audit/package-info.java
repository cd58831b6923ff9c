/**
 * Owns the log of what operators do; only the framework calls it. Uses {@code security} and {@code
 * trace}.
 */
@NullMarked
package io.drawdown.kit.audit;

import org.jspecify.annotations.NullMarked;
