/**
 * Owns the data of the Stripe stand-in: its file, its objects in the order of their creation, and its clock. Uses nothing
 * else of Drawdown.
 */
@NullMarked
package io.drawdown.embedded.stripe.store;

import org.jspecify.annotations.NullMarked;
