/**
 * Owns the incarnations of instances: leases, their renewal, and the fencing of those that stopped. Uses {@code
 * store} and {@code time}.
 */
@NullMarked
package io.drawdown.kit.lease;

import org.jspecify.annotations.NullMarked;
