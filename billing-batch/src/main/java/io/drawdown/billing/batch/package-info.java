/** Owns what the author of a batch process sees. Uses nothing else of billing-batch. */
@NullMarked
package io.drawdown.billing.batch;

import org.jspecify.annotations.NullMarked;
