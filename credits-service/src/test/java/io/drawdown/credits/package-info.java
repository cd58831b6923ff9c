/** credits-service as a whole, on real servers. */
@NullMarked
package io.drawdown.credits;

import org.jspecify.annotations.NullMarked;
