/** Owns how load is made and how its latencies are counted; knows nothing of what is measured. Uses no other package. */
@NullMarked
package io.drawdown.bench.load;

import org.jspecify.annotations.NullMarked;
