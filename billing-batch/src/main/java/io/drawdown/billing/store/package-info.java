/** Owns how guarded documents are kept in MongoDB. Uses nothing else of billing-batch. */
@NullMarked
package io.drawdown.billing.store;

import org.jspecify.annotations.NullMarked;
