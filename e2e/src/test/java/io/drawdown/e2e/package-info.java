/**
 * Owns the tests of the suite's promises on real processes. Uses {@code cli} to run them, and the documents that it checks.
 */
@NullMarked
package io.drawdown.e2e;

import org.jspecify.annotations.NullMarked;
