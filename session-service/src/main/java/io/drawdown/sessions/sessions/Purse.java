package io.drawdown.sessions.sessions;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import java.time.Duration;

/**
 * What the owner of a session knows of its account's money: of two views the greater {@code seq} is true.
 *
 * @param chargedMillis the session's own usage that the view has settled
 */
record Purse(AccountView view, long chargedMillis) {

    private static final int[] LEVELS = {20, 10, 5};
    private static final Duration FAR = Duration.ofDays(1);
    private static final long PERCENT = 100;

    Purse see(AccountView other, long settledMillis) {
        return other.seq() > view.seq() ? new Purse(other, Math.max(settledMillis, chargedMillis)) : this;
    }

    boolean canPay(Rate rate) {
        return view.available().compareTo(rate.price()) >= 0;
    }

    /**
     * How long until the balance is estimated to reach the next warning level, if all go on as they do: zero if it may
     * be there already, a day if no level is left. Only a hint when to ask: credits-service decides what was crossed.
     */
    Duration untilNextLevel(Rate rate, long usedMillis) {
        long burn = view.burnPerSecond().micros();
        for (int level : LEVELS) {
            long at = Math.multiplyExact(view.armedBalance().micros() / PERCENT, level);
            long above = view.balance().micros() - at;
            if (at > 0 && above > 0 && burn > 0) {
                long left = Math.max(0, above - owed(rate, usedMillis).micros());
                return Duration.ofMillis(Math.min(left * 1_000 / burn, FAR.toMillis()));
            }
        }
        return FAR;
    }

    private Credits owed(Rate rate, long usedMillis) {
        long millis = Math.max(0, usedMillis - chargedMillis);
        return Credits.ofMicros(rate.price().micros() * millis / rate.incrementMillis());
    }
}
