package io.drawdown.sessions.funding;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.WarningLevels;
import java.time.Duration;

/**
 * What the owner of a session knows of its account's money. Of two views the one with the greater {@code seq} is newer.
 *
 * @param chargedMillis the session's own usage that the view has settled
 */
public record AccountSnapshot(AccountView view, long chargedMillis) {

    private static final Duration FAR = Duration.ofDays(1);
    private static final long PERCENT = 100;
    private static final long SECOND = 1_000;

    public AccountSnapshot see(AccountView other, long settledMillis) {
        return other.seq() > view.seq() ? new AccountSnapshot(other, Math.max(settledMillis, chargedMillis)) : this;
    }

    public boolean canPay(Rate rate) {
        return view.available().compareTo(rate.price()) >= 0;
    }

    /**
     * An estimate of the time until the balance reaches the next warning level, if all sessions go on: zero if it may be
     * there already, a day if no level is left. This session pays when an increment begins; of the others only the rates
     * are known. It only says when to ask: credits-service decides which levels were crossed.
     */
    public Duration untilNextLevel(Rate rate, long usedMillis) {
        for (int level : WarningLevels.PERCENT) {
            long at = view.armedBalance().micros() * level / PERCENT;
            long above = view.balance().micros() - at;
            if (at > 0 && above > 0) {
                return Duration.ofMillis(untilSpent(above, rate, Math.max(usedMillis, chargedMillis)));
            }
        }
        return FAR;
    }

    /** The first millisecond from now at which that much more is spent than the view says. */
    private long untilSpent(long micros, Rate rate, long usedMillis) {
        long tooEarly = -1;
        long late = FAR.toMillis();
        while (late - tooEarly > 1) {
            long middle = tooEarly + (late - tooEarly) / 2;
            if (spentAfter(middle, rate, usedMillis) >= micros) {
                late = middle;
            } else {
                tooEarly = middle;
            }
        }
        return late;
    }

    private double spentAfter(long millis, Rate rate, long usedMillis) {
        long increments = Math.ceilDiv(usedMillis + millis, rate.incrementMillis())
                - Math.ceilDiv(chargedMillis, rate.incrementMillis());
        long others = view.burnPerSecond().micros() - rate.perSecond().micros();
        return (double) increments * rate.price().micros() + (double) Math.max(0, others) * millis / SECOND;
    }
}
