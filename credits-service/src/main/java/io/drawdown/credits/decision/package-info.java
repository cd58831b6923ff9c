/**
 * Owns one decision on one account: the draft of the next document, the reply, and the keys of repeated requests. Uses the
 * account; knows no single rule of charging.
 */
@NullMarked
package io.drawdown.credits.decision;

import org.jspecify.annotations.NullMarked;
