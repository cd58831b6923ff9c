/**
 * Owns the documents of runs and processes, their states, and the pure rules about them: turns, budget, schedules. Uses {@code
 * batch}.
 */
@NullMarked
package io.drawdown.billing.run;

import org.jspecify.annotations.NullMarked;
