/** Owns the generators of load and the counting of latencies, whatever the operation is. Uses no other package. */
@NullMarked
package io.drawdown.bench.load;

import org.jspecify.annotations.NullMarked;
