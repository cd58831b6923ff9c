package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * The port to Stripe. A call answers within a bounded time, on the core's thread, and does not fail: what went wrong is an {@link
 * Answer}. It sends one request at most, and none if the account is another one than the intent's.
 */
public interface Payments {

    /** The longest that a call takes. */
    Duration longestCall();

    /** The account whose key this has. Fails with {@code Unavailable} while it is not known, or with {@link AccountRefused}. */
    Uni<StripeAccount> account();

    /** Stripe does not take the key. */
    final class AccountRefused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public AccountRefused(String why) {
            super(why);
        }
    }

    /** Creates an intent, unconfirmed. */
    Uni<Answer> create(String chargeId, Terms terms, Creation creation);

    /** Takes the money. */
    Uni<Answer> confirm(Intent intent, Attempt attempt, boolean isOffSession);

    /** Reads the intent. */
    Uni<Answer> retrieve(String intentId, Frozen frozen);

    /** Sees to it that the intent takes no money any more. */
    Uni<Answer> cancel(Intent intent, String key);
}
