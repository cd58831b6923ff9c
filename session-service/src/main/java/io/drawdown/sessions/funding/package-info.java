/**
 * Owns the conversation with credits-service: slices, renewals, releases, and what is known of the account. Uses
 * {@code document}.
 */
@NullMarked
package io.drawdown.sessions.funding;

import org.jspecify.annotations.NullMarked;
