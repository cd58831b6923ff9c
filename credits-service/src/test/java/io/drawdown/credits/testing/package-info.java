/** Fakes of the core's ports, on a virtual clock, with faults to order. */
@NullMarked
package io.drawdown.credits.testing;

import org.jspecify.annotations.NullMarked;
