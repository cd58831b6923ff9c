package io.drawdown.simulator.history;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.commit.CommitLimits;
import io.drawdown.credits.config.CreditsSettings;
import io.drawdown.credits.config.Tariff;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.kit.outbox.RelayLimits;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.config.SessionsSettings.ConnectionLimits;
import io.drawdown.sessions.config.SessionsSettings.SessionLimits;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.GroupSettings;
import io.drawdown.simulator.invariants.Plans;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The settings of a history: as in production, but with small limits, so that a history reaches them. */
final class HistorySettings {

    private static final Tariff TARIFF = new Tariff(
            Map.of("credit", Credits.of(1)),
            Map.of(
                    "dubbing", new Rate("dubbing", Credits.of(1), 1_000),
                    "subtitles", new Rate("subtitles", Credits.ofMicros(700_000), 2_500)),
            Map.of(),
            Plans.KINDS);

    private static final List<String> SESSION_INSTANCES = List.of("one", "two");

    private HistorySettings() {}

    static CreditsSettings credits(RandomGenerator random) {
        AccountLimits accountLimits = accountLimits(random);
        CommitLimits usual = CommitLimits.DEFAULT;
        CommitLimits commit = new CommitLimits(
                1 + random.nextInt(4),
                usual.pace(),
                1 + random.nextInt(4),
                1 + random.nextInt(8),
                2 + random.nextInt(14),
                usual.deadline(),
                usual.patience(),
                usual.waiting(),
                usual.remembered(),
                random.nextInt(3));
        return new CreditsSettings(
                TARIFF, accountLimits, commit, RelayLimits.DEFAULT, Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    private static AccountLimits accountLimits(RandomGenerator random) {
        Duration firstSlice = Duration.ofSeconds(5 + random.nextInt(15));
        Duration leastSlice = Duration.ofSeconds(2 + random.nextInt(4));
        Duration greatestSlice = Duration.ofSeconds(10 + random.nextInt(30));
        int grants = 3 + random.nextInt(5);
        int holds = 2 + random.nextInt(4);
        random.nextInt(8); // of a bound that is gone: the scripts of regressions keep their other settings
        return new AccountLimits(firstSlice, leastSlice, greatestSlice, grants, holds, 12 + random.nextInt(40));
    }

    /** Of the instances of session-service: the same for all, but for their names. */
    static List<SessionsSettings> sessions(RandomGenerator random) {
        Duration gracePeriod = Duration.ofSeconds(3 + random.nextInt(13));
        Duration authenticationWithin = Duration.ofSeconds(3 + random.nextInt(8));
        Duration maximum = random.nextInt(3) == 0 ? Duration.ofSeconds(20 + random.nextInt(41)) : Duration.ofHours(12);
        Duration unfundedAtMost = Duration.ofSeconds(10 + random.nextInt(21));
        Duration pausedAtMost = Duration.ofSeconds(5 + random.nextInt(26));
        int connections = random.nextInt(3) == 0 ? 3 + random.nextInt(5) : 1_000;
        int perUser = random.nextInt(3) == 0 ? 2 + random.nextInt(4) : 64;
        int perAccount = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 256;
        return SESSION_INSTANCES.stream()
                .map(name -> new SessionsSettings(
                        name,
                        Broker.PARTITIONS,
                        gracePeriod,
                        maximum,
                        unfundedAtMost,
                        pausedAtMost,
                        new SessionLimits(perAccount, 20_000),
                        new ConnectionLimits(authenticationWithin, Duration.ofSeconds(5), connections, perUser, 5)))
                .toList();
    }

    static GroupSettings groups(RandomGenerator random) {
        return new GroupSettings(Duration.ofMillis(2_000 + random.nextInt(4_000)), 1 + random.nextInt(20));
    }

    static CheckpointLimits checkpoints(RandomGenerator random) {
        boolean isTight = random.nextInt(4) == 0;
        return new CheckpointLimits(
                Duration.ofSeconds(5 + random.nextInt(6)),
                Duration.ofSeconds(1),
                isTight ? 1 + random.nextInt(2) : 100,
                isTight ? 1 + random.nextInt(3) : 16,
                isTight ? 1 + random.nextInt(2) : 16,
                isTight ? 1 + random.nextInt(3) : 1_000,
                2);
    }
}
