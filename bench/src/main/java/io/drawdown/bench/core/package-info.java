/** Owns the measurements of credits-service: one-off charges, holds, and one hot account. Uses {@code load}, {@code stack} and {@code report}. */
@NullMarked
package io.drawdown.bench.core;

import org.jspecify.annotations.NullMarked;
