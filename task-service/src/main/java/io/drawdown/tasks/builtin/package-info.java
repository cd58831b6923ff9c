/** Owns the handlers that every installation has. Uses {@code config} and {@code handler}. */
@NullMarked
package io.drawdown.tasks.builtin;

import org.jspecify.annotations.NullMarked;
