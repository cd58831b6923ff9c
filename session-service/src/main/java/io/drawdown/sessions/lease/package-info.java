/**
 * Owns the incarnations of instances: leases, their renewal, and the fencing of those that stopped. Uses nothing
 * else of the service.
 */
@NullMarked
package io.drawdown.sessions.lease;

import org.jspecify.annotations.NullMarked;
