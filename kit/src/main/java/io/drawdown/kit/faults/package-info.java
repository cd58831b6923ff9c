/** How a port says that it could not do what it was asked for. */
@NullMarked
package io.drawdown.kit.faults;

import org.jspecify.annotations.NullMarked;
