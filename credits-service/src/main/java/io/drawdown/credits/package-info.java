/** credits-service: accounts, their ledger, and the check that proves it. {@link io.drawdown.credits.CreditsCore} is its core. */
@NullMarked
package io.drawdown.credits;

import org.jspecify.annotations.NullMarked;
