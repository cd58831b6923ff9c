/**
 * Owns the database of runs and processes, and how the event of a run leaves it. Uses {@code batch}, {@code run} and {@code store}.
 */
@NullMarked
package io.drawdown.billing.run.store;

import org.jspecify.annotations.NullMarked;
