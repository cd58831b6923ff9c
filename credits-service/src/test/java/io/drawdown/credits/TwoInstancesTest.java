package io.drawdown.credits;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.UsageReport;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.kit.events.Received;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances on the same accounts, without any fault: they hardly lose races to each other, and publish each event once. */
class TwoInstancesTest {

    private static final int ACCOUNTS = 20;
    private static final int ROUNDS = 3_000;

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore one = world.core();
    private final CreditsCore other = world.core();
    private final Random random = new Random(7);
    private final Map<String, Long> used = new HashMap<>();

    @BeforeEach
    void start() {
        one.start();
        other.start();
        for (int i = 0; i < ACCOUNTS; i++) {
            world.open(any(), "a" + i, 1_000_000);
            world.await(any().commands().sessions().start("s" + i, new Funding.Start("a" + i, "live_dubbing")));
        }
        world.time.advance(Duration.ofSeconds(10));
    }

    @Test
    void eachEventIsPublishedOnce() {
        // When
        live();
        // Then
        int published = world.publisher.events.size();
        long unique = new HashSet<>(
                        world.publisher.events.stream().map(event -> event.id()).toList())
                .size();
        assertThat(published - unique).isLessThan(unique / 100);
    }

    @Test
    void fewRacesAreLost() {
        // Given
        world.vitals.racesLost = 0;
        world.vitals.groups.clear();
        // When
        live();
        // Then
        int writes = world.vitals.groups.size() + world.vitals.racesLost;
        assertThat(world.vitals.racesLost).isLessThan(writes / 100);
    }

    /** Each account is charged over HTTP at either instance, its usage comes to one of them, its owner asks the other. */
    private void live() {
        for (int round = 0; round < ROUNDS; round++) {
            int i = random.nextInt(ACCOUNTS);
            String account = "a" + i;
            String session = "s" + i;
            switch (random.nextInt(4)) {
                case 0, 1 -> world.ask(any().commands().charge(account, "credit", 1, world.key()));
                case 2 ->
                    world.ask((i % 2 == 0 ? one : other)
                            .handleUsage(Received.untraced(List.of(new UsageReport(List.of(
                                    new MeterReading(account, session, 1, used.merge(account, 1_000L, Long::sum))))))));
                default ->
                    world.ask(any().commands()
                            .sessions()
                            .renew(session, new Funding.Renew(account, 1, used.getOrDefault(account, 0L))));
            }
            world.time.advance(Duration.ofMillis(random.nextInt(100)));
        }
        world.time.advance(Duration.ofSeconds(10));
    }

    private CreditsCore any() {
        return random.nextBoolean() ? one : other;
    }
}
