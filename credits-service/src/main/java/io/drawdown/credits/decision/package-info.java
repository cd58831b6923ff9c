/**
 * Owns one decision on one account: the draft of the next document with what time and thresholds do to it, the
 * reply, and the keys of repeated requests; knows no command. Uses {@code account}.
 */
@NullMarked
package io.drawdown.credits.decision;

import org.jspecify.annotations.NullMarked;
