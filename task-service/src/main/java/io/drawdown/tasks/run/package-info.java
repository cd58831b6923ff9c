/**
 * Owns what this instance runs: its validity, its slots, whose turn it is, and each run up to its last write. Uses {@code
 * config}, {@code store} and {@code task}.
 */
@NullMarked
package io.drawdown.tasks.run;

import org.jspecify.annotations.NullMarked;
