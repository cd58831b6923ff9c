/**
 * Owns what a run leaves: a table, a file, a comparison with an earlier file, and a page. Uses {@code load}, and {@code
 * FileFault} of {@code cli}.
 */
@NullMarked
package io.drawdown.bench.report;

import org.jspecify.annotations.NullMarked;
