package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.tokens.Role;
import io.drawdown.client.SessionRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Sessions stop at the last second that the account can pay for, alone on an account or sharing it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactStopTest {

    private static final int TRIES = 3;

    private Suite suite;
    private List<PersistentClient> alone;
    private List<PersistentClient> sharing;
    private List<PersistentClient> holding = List.of();
    private List<PersistentClient> narrow = List.of();
    private long chargedMillis;

    /** Those that are alone end some seconds one after the other, so that no other process disturbs all of them. */
    @BeforeAll
    void play(@TempDir Path home) {
        suite = Suite.start(home, Map.of());
        alone = suite.clients(TRIES, i -> new SessionRequest("exact-" + i, "live_dubbing", "only"));
        sharing = suite.clients(2, i -> new SessionRequest("shared", "live_dubbing", "key-" + i));
        alone.forEach(client -> suite.open(client.account(), 29));
        suite.open("shared", 90);

        Thread first = Thread.ofVirtual().start(() -> suite.runAll(sharing.subList(0, 1), 90));
        suite.await(20, () -> sharing.getFirst().saw("started"));
        Thread second = Thread.ofVirtual().start(() -> suite.runAll(sharing.subList(1, 2), 90));
        List<Thread> others = new ArrayList<>();
        for (PersistentClient client : alone) {
            others.add(Thread.ofVirtual().start(() -> suite.runAll(List.of(client), 45)));
            suite.letPass(4);
        }
        others.add(playHeld());
        others.add(playNarrow());
        others.forEach(Suite::join);
        Suite.join(first);
        Suite.join(second);
    }

    /** A charge of nearly all that an account has, while a session holds a minute of it. */
    private Thread playHeld() {
        holding = suite.clients(1, i -> new SessionRequest("held", "live_dubbing", "only"));
        suite.open("held", 200);
        Thread session = Thread.ofVirtual().start(() -> suite.runAll(holding, 60));
        suite.await(20, () -> holding.getFirst().saw("started"));
        for (int tries = 0; chargedMillis == 0 && tries < TRIES; tries++) {
            long began = System.nanoTime();
            boolean isCharged = suite.credits(Role.GATEWAY)
                            .post("accounts/held/charges", "nearly-all", "{\"meter\":\"ai_search\",\"units\":18}")
                            .status()
                    < 300;
            long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
            if (isCharged) {
                chargedMillis = Math.max(1, millis);
            } else {
                suite.letPass(10);
            }
        }
        System.out.println("a charge of 180 of 200 credits, of which a live session holds 60: ms=" + chargedMillis);
        return session;
    }

    /** A second session on an account of which the first holds all. */
    private Thread playNarrow() {
        narrow = suite.clients(1 + TRIES, i -> new SessionRequest("narrow", "live_dubbing", "key-" + i));
        suite.open("narrow", 40);
        Thread first = Thread.ofVirtual().start(() -> suite.runAll(narrow.subList(0, 1), 60));
        suite.await(20, () -> narrow.getFirst().saw("started"));
        for (PersistentClient next : narrow.subList(1, narrow.size())) {
            Thread second = Thread.ofVirtual().start(() -> suite.runAll(List.of(next), 60));
            suite.await(20, () -> next.saw("started") || next.saw("refused"));
            if (next.saw("started")) {
                return Thread.ofVirtual().start(() -> {
                    Suite.join(first);
                    Suite.join(second);
                });
            }
            suite.letPass(10);
        }
        return first;
    }

    @AfterAll
    void stop() {
        try (Suite used = suite) {
            assertThat(used.check()).isEqualTo("clean[]");
        }
    }

    /**
     * The ledger is exact to the millisecond; the client's clock to a quarter of a second, best of three on a noisy
     * machine.
     */
    @Test
    void twentyNineCreditsLastTwentyNineSeconds() {
        // Then
        alone.forEach(client -> assertStoppedAtTheLastCredit(client, 29_000));
        alone.forEach(
                client -> assertThat(suite.ledger(client.account()).causes()).contains("checkpoint"));
        double best = alone.stream()
                .mapToDouble(client -> Math.abs(client.servedSeconds() - 29))
                .min()
                .orElseThrow();
        assertThat(best).isCloseTo(0, Offset.offset(0.25));
    }

    @Test
    void twoSessionsShareNinetyCreditsToTheLastOne() {
        // Then
        assertThat(sharing.stream().map(ExactStopTest::firstFundedMillis)).containsExactly(60_000L, 30_000L);
        assertThat(sharing.stream().map(PersistentClient::closeCode)).containsOnly(4003);
        assertThat(sharing.stream().mapToLong(ExactStopTest::usedMillis).sum()).isEqualTo(90_000);
        suite.awaitNothingHeld("shared");
        assertThat(suite.balance("shared").path("posted").decimalValue()).isZero();
    }

    @Test
    void aChargeIsAdmittedThatOnlyALiveSessionsSliceWouldPrevent() {
        // Then
        assertThat(firstFundedMillis(holding.getFirst())).isEqualTo(60_000);
        assertThat(chargedMillis).isPositive();
        assertThat(suite.ledger("held").causes()).contains("give-back");
        assertThat(usedMillis(holding.getFirst())).isEqualTo(20_000);
    }

    @Test
    void aSecondSessionStartsOnWhatTheFirstGivesBack() {
        // Given
        List<PersistentClient> started =
                narrow.stream().filter(client -> client.saw("started")).toList();
        // Then
        assertThat(started.stream().map(ExactStopTest::firstFundedMillis))
                .hasSize(2)
                .startsWith(40_000L);
        assertThat(started.stream().mapToLong(ExactStopTest::usedMillis).sum()).isEqualTo(40_000);
        suite.awaitNothingHeld("narrow");
        assertThat(suite.balance("narrow").path("posted").decimalValue()).isZero();
    }

    private void assertStoppedAtTheLastCredit(PersistentClient client, long usedMillis) {
        String account = client.account();
        assertThat(client.closeCode()).isEqualTo(4003);
        assertThat(usedMillis(client)).isEqualTo(usedMillis);
        suite.awaitNothingHeld(account);
        JsonNode balance = suite.balance(account);
        assertThat(balance.path("posted").decimalValue()).isZero();
        assertThat(balance.path("held").decimalValue()).isZero();
        assertThat(suite.ledger(account).usedMillis()).isEqualTo(usedMillis);
    }

    private static long usedMillis(PersistentClient client) {
        return client.seen("ended").getLast().frame().path("used_millis").asLong();
    }

    private static long firstFundedMillis(PersistentClient client) {
        return client.seen("started").getFirst().frame().path("funded_millis").asLong();
    }
}
