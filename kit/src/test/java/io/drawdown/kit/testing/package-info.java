/** Fakes that other modules' tests build on. */
@NullMarked
package io.drawdown.kit.testing;

import org.jspecify.annotations.NullMarked;
