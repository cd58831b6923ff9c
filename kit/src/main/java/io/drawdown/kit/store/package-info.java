/** What the stores of all services do alike: amounts as documents, guarded writes, faults, the server's time and kind. */
@NullMarked
package io.drawdown.kit.store;

import org.jspecify.annotations.NullMarked;
