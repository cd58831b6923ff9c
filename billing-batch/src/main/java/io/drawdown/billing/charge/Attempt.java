package io.drawdown.billing.charge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One confirmation of an intent, as it is stored before it is sent. It may be sent again as it is, while its key is young and
 * the intent does not show that it was executed.
 *
 * @param n its number; the next one has another key
 * @param keyAt when the key was made
 * @param previousCharge the intent's {@code latest_charge} before it; a different one shows that it was executed
 */
public record Attempt(
        int n,
        String key,
        Instant keyAt,
        Card card,
        @Nullable String previousCharge) {

    static Attempt of(String chargeId, Intent intent, Card card, Instant now) {
        String key = chargeId + "-g" + intent.gen() + "-confirm-" + intent.attempts();
        return new Attempt(intent.attempts(), key, now, card, intent.latestCharge());
    }

    /** Once its result is known, only another charge of the intent is news. */
    Attempt known(@Nullable String latestCharge) {
        return new Attempt(n, key, keyAt, card, latestCharge);
    }
}
