/**
 * Owns queued items as values, and what a team has: its free places, its payer, its place to publish. Uses {@code charge} and {@code
 * publish}.
 */
@NullMarked
package io.drawdown.billing.item;

import org.jspecify.annotations.NullMarked;
