/** Owns how items are published in Slack. Uses {@code publish}. */
@NullMarked
package io.drawdown.billing.publish.slack;

import org.jspecify.annotations.NullMarked;
