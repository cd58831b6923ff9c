/**
 * Owns the process of the stand-ins for services outside. Uses {@code mail}, {@code process}, {@code slack} and {@code stripe}.
 */
@NullMarked
package io.drawdown.embedded.standin;

import org.jspecify.annotations.NullMarked;
