/**
 * Owns what a run leaves: a table, a file, a comparison with an earlier file, and a page. Uses {@code load}, and of {@code
 * cli} how a fault is told.
 */
@NullMarked
package io.drawdown.bench.report;

import org.jspecify.annotations.NullMarked;
