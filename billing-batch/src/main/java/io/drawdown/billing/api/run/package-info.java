/**
 * Owns the routes of runs and processes. Uses {@code batch}, {@code billing}, {@code config}, {@code run}, {@code run.engine} and {@code
 * run.store}.
 */
@NullMarked
package io.drawdown.billing.api.run;

import org.jspecify.annotations.NullMarked;
