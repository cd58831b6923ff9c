/** Owns the command {@code bench}: what is measured, on what, and in which order. Uses all packages below it. */
@NullMarked
package io.drawdown.bench;

import org.jspecify.annotations.NullMarked;
