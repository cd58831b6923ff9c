/** What several tests of billing-batch use. */
@NullMarked
package io.drawdown.billing.testing;

import org.jspecify.annotations.NullMarked;
