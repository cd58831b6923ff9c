/**
 * Owns the measurements of credits-service: one-off charges, holds, one hot account, and what processes take. Uses {@code
 * load}, {@code stack}, {@code store} and {@code report}.
 */
@NullMarked
package io.drawdown.bench.core;

import org.jspecify.annotations.NullMarked;
