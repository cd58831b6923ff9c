/**
 * Owns one decision on one account: the command, the draft of the next document, and the reply. Uses the account;
 * knows no single rule of charging.
 */
@NullMarked
package io.drawdown.credits.decision;

import org.jspecify.annotations.NullMarked;
