package io.drawdown.e2e;

import io.drawdown.cli.stack.Stack;
import io.drawdown.client.SessionRequest;
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
 * Broker, database, credits-service and worker are each away for 15 s, longer than a slice. No funded session ends and none
 * passes its limit; a session at its limit waits unbilled and goes on by itself. No client is told "insufficient". While
 * the broker or the worker is away, charges and starts succeed, and the credits of an ended session are free with its last
 * frame. While the others are away, the answer says that the request cannot be done or that its outcome is unknown. After
 * the outage the same keys lead to the same result, and the money is exact.
 */
@ResourceLock(Suite.BOTH_CORES)
class OutageTest {

    private static final int AWAY_SECONDS = 15;
    private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(AWAY_SECONDS);
    private static final long GOES_ON_WITHIN_MILLIS = 2_000;
    private static final int SESSIONS = 4;

    /** On a noisy machine; one will do. */
    private static final int TRIES = 3;

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
            List<PersistentClient> clients =
                    suite.clients(SESSIONS, i -> new SessionRequest("outage-" + i, "live_dubbing", "only"));
            clients.forEach(client -> suite.open(client.account(), 10_000));
            Thread playing = Thread.ofVirtual().start(() -> suite.runAll(clients, 300));
            suite.await(20, () -> clients.stream().allMatch(client -> client.saw("started")));

            // When
            for (String away : VICTIMS.stream().filter(suite::owns).toList()) {
                long slowest = GOES_ON_WITHIN_MILLIS;
                for (int n = 1; n <= TRIES && slowest >= GOES_ON_WITHIN_MILLIS; n++) {
                    slowest = millisUntilAllGoOnAfter(suite, away, clients, n);
                }
                assertThat(slowest)
                        .as("milliseconds until every session went on after %s returned", away)
                        .isLessThan(GOES_ON_WITHIN_MILLIS);
            }
            clients.forEach(PersistentClient::end);
            playing.join();

            // Then
            for (PersistentClient client : clients) {
                assertThat(client.saw("refused")).isFalse();
                assertThat(client.seen().toString()).doesNotContain("insufficient", "exhausted");
                assertThat(client.seen()).allSatisfy(seen -> assertThat(
                                seen.frame().path("used_millis").asLong())
                        .as("used, of what is funded: %s", seen)
                        .isLessThanOrEqualTo(seen.frame().path("funded_millis").asLong(Long.MAX_VALUE)));
                assertThat(client.saw("unfunded")).as("waited at its limit").isTrue();
                assertThat(client.closeCode()).isEqualTo(1000);
                suite.awaitNothingHeld(client.account());
                assertUnbilledWait(client, suite.ledger(client.account()));
            }
            assertThat(suite.check()).isEqualTo("clean[]");
        }
    }

    private static long millisUntilAllGoOnAfter(Suite suite, String away, List<PersistentClient> clients, int n) {
        OutageRequests work = new OutageRequests(suite, away, "outage-work-" + away + "-" + n);
        suite.kill(away);
        long gone = System.nanoTime();
        work.ask();
        suite.await(AWAY_SECONDS + 60, () -> System.nanoTime() - gone > AWAY_NANOS);
        suite.startAgain(away);
        long returned = System.nanoTime();
        suite.await(10, () -> clients.stream().noneMatch(OutageTest::waits));
        long slowest = clients.stream()
                .mapToLong(client -> wentOnAfter(client, returned))
                .max()
                .orElseThrow();
        work.askAgain();
        suite.letPass(5);
        return slowest;
    }

    private static boolean waits(PersistentClient client) {
        return lastNanos(client, "unfunded") > lastNanos(client, "extended");
    }

    private static long wentOnAfter(PersistentClient client, long returned) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, lastNanos(client, "extended") - returned));
    }

    private static long lastNanos(PersistentClient client, String type) {
        List<PersistentClient.Seen> seen = client.seen(type);
        return seen.isEmpty() ? 0 : seen.getLast().nanos();
    }

    /**
     * What was charged is the time between `started` and `ended`, less each wait: from the moment at which the client has had
     * all that was funded, to `extended`. The frame `unfunded` may come later than that moment, when the question for more
     * has failed.
     */
    private static void assertUnbilledWait(PersistentClient client, Ledger ledger) {
        long waited = 0;
        long since = 0;
        long fundedMillis = 0;
        for (PersistentClient.Seen each : client.seen()) {
            if (each.is("unfunded") && since == 0) {
                long served = each.nanos() - client.startedNanos() - waited;
                since = each.nanos() - Math.max(0, served - TimeUnit.MILLISECONDS.toNanos(fundedMillis));
            } else if (each.is("extended") && since != 0) {
                waited += each.nanos() - since;
                since = 0;
            }
            fundedMillis =
                    Math.max(fundedMillis, each.frame().path("funded_millis").asLong());
        }
        long served = client.seen("ended").getLast().nanos() - client.startedNanos() - waited;
        assertThat(ledger.usedMillis())
                .as("used, of %d ms served by the client's clock", TimeUnit.NANOSECONDS.toMillis(served))
                .isBetween(
                        TimeUnit.NANOSECONDS.toMillis(served) - 2_000, TimeUnit.NANOSECONDS.toMillis(served) + 2_000);
    }
}
