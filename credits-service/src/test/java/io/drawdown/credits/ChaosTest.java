package io.drawdown.credits;

import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.UsageReport;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.checks.CheckReport;
import io.drawdown.credits.commit.CommitLimits;
import io.drawdown.credits.config.CreditsSettings;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.kit.events.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances with their own memories on one store that loses answers, races and bulk parts: whatever happens, nothing
 * is overdrawn, every key has one effect, and once the faults stop everything settles and the check is clean.
 */
class ChaosTest {

    private static final int STEPS = 1_500;
    private static final List<String> ACCOUNTS = List.of("ada", "bob", "cyd");

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsSettings settings = smallRing();
    private final List<CreditsCore> cores = List.of(world.core(settings), world.core(settings));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothingIsOverdrawnDoubledOrLost(long seed) {
        // Given
        Random random = new Random(seed);
        cores.forEach(CreditsCore::start);
        ACCOUNTS.forEach(account -> world.open(cores.getFirst(), account, 500));
        faults(0.1);
        // When
        for (int step = 0; step < STEPS; step++) {
            step(random);
            world.time.advance(Duration.ofMillis(random.nextInt(40)));
            world.accounts.documents.values().forEach(this::assertSound);
        }
        // Then
        faults(0);
        world.accounts.isStale = false;
        world.time.advance(Duration.ofMinutes(5));
        assertSettled();
    }

    private void step(Random random) {
        CreditsCore core = cores.get(random.nextInt(cores.size()));
        String account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        String session = account + "-s" + random.nextInt(30);
        long epoch = 1L + random.nextInt(2);
        long used = random.nextInt(80_000);
        world.accounts.isStale = random.nextBoolean();
        switch (random.nextInt(9)) {
            case 0 -> world.ask(core.commands().grant(account, CreditsWorld.purchased(30), world.key()));
            case 1, 2 -> {
                Key key = new Key("k" + random.nextInt(120), "r");
                world.ask(core.commands().charge(account, "credit", 1 + random.nextInt(9), key));
                world.ask(cores.get(random.nextInt(2)).commands().charge(account, "credit", 3, key));
            }
            case 3, 4 ->
                world.ask(core.commands().sessions().start(session, new Funding.Start(account, "live_dubbing")));
            case 5 -> world.ask(core.commands().sessions().renew(session, new Funding.Renew(account, epoch, used)));
            case 6 ->
                world.ask(core.commands().sessions().takeover(session, new Funding.Takeover(account, 2, 1, used)));
            case 7 -> world.ask(core.handleUsage(Received.untraced(List.of(report(random), report(random)))));
            case 8 ->
                world.ask(core.handleLifecycle(List.of(new Received<>(
                        new SessionEvent(
                                SessionEvent.Type.ENDED,
                                session,
                                2,
                                account,
                                "live_dubbing",
                                epoch,
                                used,
                                world.time.now(),
                                null),
                        null))));
            default -> throw new IllegalStateException("no such step");
        }
    }

    private static UsageReport report(Random random) {
        List<MeterReading> readings = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
            String session = account + "-s" + random.nextInt(30);
            readings.add(new MeterReading(account, session, 1 + random.nextInt(2), random.nextInt(80_000)));
        }
        return new UsageReport(readings);
    }

    private void faults(double chance) {
        world.accounts.reads.byChance(chance);
        world.accounts.writes.byChance(chance);
        world.ledger.reads.byChance(chance);
        world.ledger.writes.byChance(chance);
        world.publisher.faults.byChance(chance);
    }

    private void assertSound(Account account) {
        assertThat(account.view(world.time.now()).available().isNegative()).isFalse();
        for (Hold hold : account.holds()) {
            assertThat(hold.charged()).isEqualTo(hold.rate().priceOf(hold.usedMillis()));
            assertThat(hold.usedMillis()).isLessThanOrEqualTo(hold.fundedMillis());
        }
    }

    private void assertSettled() {
        CheckReport report = world.check(cores.getFirst());
        assertThat(report.findings()).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(world.vitals.conflicts).isEmpty();
        for (String account : ACCOUNTS) {
            assertThat(world.document(account).outbox().entries()).allMatch(entry -> entry.type() == EntryType.OVERDUE);
            List<Entry> entries = world.entries(account);
            List<String> keys = entries.stream()
                    .map(Entry::keyHash)
                    .filter(Objects::nonNull)
                    .toList();
            assertThat(keys).doesNotHaveDuplicates();
            Set<String> published = Set.copyOf(world.publisher.ids(account));
            Set<String> waiting = world.document(account).outbox().entries().stream()
                    .map(entry -> account + ":" + entry.seq())
                    .collect(Collectors.toSet());
            assertThat(entries)
                    .allMatch(entry -> published.contains(account + ":" + entry.seq())
                            || waiting.contains(account + ":" + entry.seq()));
        }
    }

    private static CreditsSettings smallRing() {
        CreditsSettings usual = CreditsWorld.settings();
        AccountLimits accountLimits =
                new AccountLimits(Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(300), 8, 6, 40);
        return new CreditsSettings(
                usual.tariff(),
                accountLimits,
                CommitLimits.DEFAULT,
                usual.relay(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }
}
