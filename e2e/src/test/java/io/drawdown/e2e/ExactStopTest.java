package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** 29 credits at 1 credit per second are 29 seconds: by the ledger to the millisecond, by the client's clock to a quarter of a second. */
class ExactStopTest {

    private static final int TRIES = 3;

    @Test
    void twentyNineCreditsAreTwentyNineSeconds(@TempDir Path home) {
        try (Suite suite = Suite.start(home, Map.of())) {
            // Given: three accounts with 29 credits each; the machine is noisy, the best of the three clocks counts
            List<Player> players = suite.players(TRIES, i -> new Player.Wish("exact-" + i, "live_dubbing", "only"));
            players.forEach(player -> suite.open(player.wish().account(), 29));

            // When
            suite.playAll(players, 45);

            // Then
            for (Player player : players) {
                assertThat(player.closeCode()).isEqualTo(4003);
                assertThat(player.seen("ended")
                                .getLast()
                                .frame()
                                .path("used_millis")
                                .asLong())
                        .isEqualTo(29_000);
                suite.awaitNothingHeld(player.wish().account());
                JsonNode balance = suite.balance(player.wish().account());
                assertThat(balance.path("posted").decimalValue()).isZero();
                assertThat(balance.path("held").decimalValue()).isZero();
                assertThat(suite.ledger(player.wish().account()).usedMillis()).isEqualTo(29_000);
            }
            double best = players.stream()
                    .mapToDouble(player -> Math.abs(player.servedSeconds() - 29))
                    .min()
                    .orElseThrow();
            assertThat(best).isCloseTo(0, Offset.offset(0.25));
            assertThat(suite.check()).isEqualTo("clean[]");
        }
    }
}
