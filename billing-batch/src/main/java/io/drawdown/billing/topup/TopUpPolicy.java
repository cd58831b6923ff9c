package io.drawdown.billing.topup;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * How top-ups behave.
 *
 * @param lead it buys when the balance lasts at most so long
 * @param apart between two attempts at least
 * @param mostFailures in a row; then it turns itself off
 * @param zone whose days are meant
 */
public record TopUpPolicy(Duration lead, Duration apart, int mostFailures, ZoneId zone) {

    String dayOf(Instant now) {
        return now.atZone(zone).toLocalDate().toString();
    }

    Instant nextDay(Instant now) {
        return now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
    }
}
