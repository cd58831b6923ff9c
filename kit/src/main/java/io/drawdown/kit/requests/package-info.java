/**
 * Owns the checks that every request passes before its resource reads it: nothing that a client sends is ignored
 * or given twice; only the framework calls it. Uses {@code problem}.
 */
@NullMarked
package io.drawdown.kit.requests;

import org.jspecify.annotations.NullMarked;
