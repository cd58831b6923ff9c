/**
 * Owns the log of what operators do; the framework calls it, a route may name who acts. Uses {@code security} and {@code
 * trace}.
 */
@NullMarked
package io.drawdown.kit.audit;

import org.jspecify.annotations.NullMarked;
