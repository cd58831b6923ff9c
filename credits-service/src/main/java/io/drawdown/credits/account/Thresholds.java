package io.drawdown.credits.account;

import io.drawdown.contracts.Credits;
import java.util.List;

/**
 * The warnings of an account.
 *
 * @param armedBalance the balance right after the last top-up
 * @param crossed the levels, in percent of it, that were crossed since
 */
public record Thresholds(Credits armedBalance, List<Integer> crossed) {

    public static final Thresholds UNARMED = new Thresholds(Credits.ZERO, List.of());

    public Thresholds {
        crossed = List.copyOf(crossed);
    }
}
