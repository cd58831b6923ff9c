/** Owns the cards of the test mode, and what happens when one is charged. Uses nothing else of Drawdown. */
@NullMarked
package io.drawdown.embedded.stripe.card;

import org.jspecify.annotations.NullMarked;
