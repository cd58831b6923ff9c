package io.drawdown.credits.accounts;

import io.drawdown.contracts.Credits;
import java.util.List;

/**
 * The warnings of an account.
 *
 * @param armedBalance the balance right after the last top-up
 * @param crossed the levels, in percent of it, that were crossed since
 */
public record Thresholds(Credits armedBalance, List<Integer> crossed) {

    static final Thresholds UNARMED = new Thresholds(Credits.ZERO, List.of());

    public Thresholds {
        crossed = List.copyOf(crossed);
    }
}
