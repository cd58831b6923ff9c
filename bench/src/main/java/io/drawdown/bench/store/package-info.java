/** Owns the measurements of the bare database by the driver alone. Uses {@code load} and {@code report}. */
@NullMarked
package io.drawdown.bench.store;

import org.jspecify.annotations.NullMarked;
