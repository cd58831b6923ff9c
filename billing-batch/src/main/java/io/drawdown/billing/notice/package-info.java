/** Owns the mail that people get. Uses {@code config}. */
@NullMarked
package io.drawdown.billing.notice;

import org.jspecify.annotations.NullMarked;
