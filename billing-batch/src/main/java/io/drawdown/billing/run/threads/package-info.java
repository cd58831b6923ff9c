/**
 * Owns the threads on which processes run, and what they see of their run. Uses {@code batch}, {@code run} and {@code run.engine}.
 */
@NullMarked
package io.drawdown.billing.run.threads;

import org.jspecify.annotations.NullMarked;
