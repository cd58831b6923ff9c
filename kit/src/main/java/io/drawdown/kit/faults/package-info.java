/** Owns the faults of ports, and the refusal to start. Uses nothing else of kit. */
@NullMarked
package io.drawdown.kit.faults;

import org.jspecify.annotations.NullMarked;
