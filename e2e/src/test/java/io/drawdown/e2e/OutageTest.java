package io.drawdown.e2e;

import io.drawdown.cli.stack.Stack;
import io.drawdown.contracts.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Broker, database, credits-service and worker are each away for 15 s, longer than a slice lasts: no funded session ends, none passes
 * its limit, one at its limit waits unbilled and goes on by itself, nobody is told "insufficient". Who asks meanwhile for a charge or a
 * start gets it, if the broker or the worker is away, and what an ended session held is free with its last frame; else it is told that
 * this cannot be done or known now. After the outage the same keys lead to the same end, and the money is exact.
 */
@ResourceLock(Suite.BOTH_CORES)
class OutageTest {

    private static final int AWAY_SECONDS = 15;
    private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(AWAY_SECONDS);
    private static final long GOES_ON_WITHIN_MILLIS = 2_000;
    private static final int SESSIONS = 4;
    private static final List<String> VICTIMS = List.of(
            Service.CHECKPOINT_WORKER.serviceName(),
            Stack.BROKER,
            Service.CREDITS_SERVICE.serviceName(),
            Stack.DATABASE);
    private static final Map<String, String> SCALED = Map.of(
            "DRAWDOWN_FIRST_SLICE", "10s",
            "DRAWDOWN_GREATEST_SLICE", "10s",
            "DRAWDOWN_CHECKPOINT_INTERVAL", "2s",
            "DRAWDOWN_GRACE_PERIOD", "10s");

    @Test
    void anOutageIsNotAnExhaustedBalance(@TempDir Path home) throws InterruptedException {
        try (Suite suite = Suite.start(home, SCALED)) {
            // Given
            List<Player> players = suite.players(SESSIONS, i -> new Player.Wish("outage-" + i, "live_dubbing", "only"));
            players.forEach(player -> suite.open(player.wish().account(), 10_000));
            Thread playing = Thread.ofVirtual().start(() -> suite.playAll(players, 300));
            suite.await(20, () -> players.stream().allMatch(player -> player.saw("started")));

            // When
            for (String away : VICTIMS.stream().filter(suite::owns).toList()) {
                OutageWork work = new OutageWork(suite, away);
                suite.kill(away);
                long gone = System.nanoTime();
                work.ask();
                suite.await(AWAY_SECONDS + 60, () -> System.nanoTime() - gone > AWAY_NANOS);
                suite.startAgain(away);
                long returned = System.nanoTime();
                suite.await(10, () -> players.stream().noneMatch(OutageTest::waits));
                players.forEach(player -> assertThat(wentOnAfter(player, returned))
                        .as("%s went on after %s returned", player.wish(), away)
                        .isLessThan(GOES_ON_WITHIN_MILLIS));
                work.askAgain();
                suite.letPass(5);
            }
            players.forEach(Player::end);
            playing.join();

            // Then
            for (Player player : players) {
                assertThat(player.saw("refused")).isFalse();
                assertThat(player.seen().toString()).doesNotContain("insufficient", "exhausted");
                assertThat(player.seen()).allSatisfy(seen -> assertThat(
                                seen.frame().path("used_millis").asLong())
                        .as("used, of what is funded: %s", seen)
                        .isLessThanOrEqualTo(seen.frame().path("funded_millis").asLong(Long.MAX_VALUE)));
                assertThat(player.seen("unfunded"))
                        .as("it had to wait at its limit")
                        .isNotEmpty();
                assertThat(player.closeCode()).isEqualTo(1000);
                suite.awaitNothingHeld(player.wish().account());
                assertUnbilledWait(player, suite.ledger(player.wish().account()));
            }
            assertThat(suite.check()).isEqualTo("clean[]");
        }
    }

    private static boolean waits(Player player) {
        return lastNanos(player, "unfunded") > lastNanos(player, "extended");
    }

    private static long wentOnAfter(Player player, long returned) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, lastNanos(player, "extended") - returned));
    }

    private static long lastNanos(Player player, String type) {
        List<Player.Seen> seen = player.seen(type);
        return seen.isEmpty() ? 0 : seen.getLast().nanos();
    }

    /** What was charged is the time between `started` and `ended` less the time between each `unfunded` and its `extended`. */
    private static void assertUnbilledWait(Player player, Ledger ledger) {
        long waited = 0;
        long since = 0;
        for (Player.Seen each : player.seen()) {
            if (each.is("unfunded") && since == 0) {
                since = each.nanos();
            } else if (each.is("extended") && since != 0) {
                waited += each.nanos() - since;
                since = 0;
            }
        }
        long served = player.seen("ended").getLast().nanos() - player.startedNanos() - waited;
        assertThat(ledger.usedMillis())
                .as("used, of %d ms served by the client's clock", TimeUnit.NANOSECONDS.toMillis(served))
                .isBetween(
                        TimeUnit.NANOSECONDS.toMillis(served) - 2_000, TimeUnit.NANOSECONDS.toMillis(served) + 2_000);
    }
}
