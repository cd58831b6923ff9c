package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/** Sessions stop at the second that was still affordable, alone on an account or sharing it. */
@Isolated("it measures the stop with the client's clock")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactStopTest {

    private static final int TRIES = 3;

    private Suite suite;
    private List<Player> alone;
    private List<Player> sharing;

    /** All of them at the same time: each test looks at its own. */
    @BeforeAll
    void play(@TempDir Path home) {
        suite = Suite.start(home, Map.of());
        alone = suite.players(TRIES, i -> new Player.Wish("exact-" + i, "live_dubbing", "only"));
        sharing = suite.players(2, i -> new Player.Wish("shared", "live_dubbing", "key-" + i));
        alone.forEach(player -> suite.open(player.wish().account(), 29));
        suite.open("shared", 90);

        Thread first = Thread.ofVirtual().start(() -> suite.playAll(sharing.subList(0, 1), 90));
        suite.await(20, () -> sharing.getFirst().saw("started"));
        Thread second = Thread.ofVirtual().start(() -> suite.playAll(sharing.subList(1, 2), 90));
        suite.playAll(alone, 45);
        Suite.join(first);
        Suite.join(second);
    }

    @AfterAll
    void stop() {
        try (Suite used = suite) {
            assertThat(used.check()).isEqualTo("clean[]");
        }
    }

    /** By the ledger to the millisecond; by the client's clock to a quarter of a second, best of three on a noisy machine. */
    @Test
    void twentyNineCreditsAreTwentyNineSeconds() {
        // Then
        alone.forEach(player -> assertStoppedAtTheLastCredit(player, 29_000));
        alone.forEach(player ->
                assertThat(suite.ledger(player.wish().account()).causes()).contains("checkpoint"));
        double best = alone.stream()
                .mapToDouble(player -> Math.abs(player.servedSeconds() - 29))
                .min()
                .orElseThrow();
        assertThat(best).isCloseTo(0, Offset.offset(0.25));
    }

    @Test
    void twoSessionsShareNinetyCreditsToTheLast() {
        // Then
        assertThat(sharing.stream().map(ExactStopTest::firstFundedMillis)).containsExactly(60_000L, 30_000L);
        assertThat(sharing.stream().map(Player::closeCode)).containsOnly(4003);
        assertThat(sharing.stream().mapToLong(ExactStopTest::usedMillis).sum()).isEqualTo(90_000);
        suite.awaitNothingHeld("shared");
        assertThat(suite.balance("shared").path("posted").decimalValue()).isZero();
    }

    private void assertStoppedAtTheLastCredit(Player player, long usedMillis) {
        String account = player.wish().account();
        assertThat(player.closeCode()).isEqualTo(4003);
        assertThat(usedMillis(player)).isEqualTo(usedMillis);
        suite.awaitNothingHeld(account);
        JsonNode balance = suite.balance(account);
        assertThat(balance.path("posted").decimalValue()).isZero();
        assertThat(balance.path("held").decimalValue()).isZero();
        assertThat(suite.ledger(account).usedMillis()).isEqualTo(usedMillis);
    }

    private static long usedMillis(Player player) {
        return player.seen("ended").getLast().frame().path("used_millis").asLong();
    }

    private static long firstFundedMillis(Player player) {
        return player.seen("started").getFirst().frame().path("funded_millis").asLong();
    }
}
