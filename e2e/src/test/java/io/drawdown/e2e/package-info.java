/** The promises of the suite, kept by real processes. */
@NullMarked
package io.drawdown.e2e;

import org.jspecify.annotations.NullMarked;
