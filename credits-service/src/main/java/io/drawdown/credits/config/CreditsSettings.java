package io.drawdown.credits.config;

import io.drawdown.credits.commit.CommitLimits;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.kit.outbox.RelayLimits;
import java.time.Duration;

/**
 * The numbers of the core.
 *
 * @param pendingSweep how often outboxes are looked for that a crash left behind
 * @param dueSweep how often accounts are looked for on which time has an effect
 */
public record CreditsSettings(
        Tariff tariff,
        AccountLimits limits,
        CommitLimits commit,
        RelayLimits relay,
        Duration pendingSweep,
        Duration dueSweep) {

    /** The settings with this tariff, and with the default of every other number. */
    public static CreditsSettings of(Tariff tariff) {
        return new CreditsSettings(
                tariff,
                AccountLimits.DEFAULT,
                CommitLimits.DEFAULT,
                RelayLimits.DEFAULT,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }

    public CreditsSettings with(AccountLimits other) {
        return new CreditsSettings(tariff, other, commit, relay, pendingSweep, dueSweep);
    }
}
