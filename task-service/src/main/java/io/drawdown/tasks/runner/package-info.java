/**
 * Owns how handlers run: which there are, on which threads, and what their exceptions mean. Uses {@code config}, {@code
 * handler}, {@code run} and {@code task}.
 */
@NullMarked
package io.drawdown.tasks.runner;

import org.jspecify.annotations.NullMarked;
