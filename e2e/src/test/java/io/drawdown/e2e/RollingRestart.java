package io.drawdown.e2e;

import io.drawdown.cli.client.Api;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.Role;
import io.drawdown.client.SessionRequest;
import io.drawdown.contracts.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each instance of each service is replaced in turn, behind a proxy, while 200 sessions run and a client charges; then the
 * broker and the database are away for longer than a lease, so that neither instance can tell whether the other lives. No
 * session ends, every second that was served is charged once, and each charge is made once.
 */
abstract class RollingRestart {

    private static final int SESSIONS = 200;
    private static final int ACCOUNTS = 50;

    /** So many sessions start at once: all processes are new, and the machine may be slow. */
    private static final int AT_ONCE = 20;

    private static final int SERVED_SECONDS = 120;

    /** Longer than a lease, shorter than a slice. */
    private static final int AWAY_SECONDS = 6;

    private static final int PATIENCE_SECONDS = 600;
    private static final long CHARGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A stop may take so long, from the end of the service to the frame that tells it. */
    private static final long STOP_MILLIS = 10_000;

    /** Two instances of each service behind a proxy. */
    abstract Suite suite();

    @Test
    void neitherReplacementsNorOutagesEndASession() {
        Suite suite = suite();
        // Given: four sessions of each account, at both instances
        List<PersistentClient> clients =
                suite.clients(SESSIONS, i -> new SessionRequest("roll-" + i % ACCOUNTS, "live_dubbing", "key-" + i));
        for (int i = 0; i < ACCOUNTS; i++) {
            suite.open("roll-" + i, 10_000);
        }
        suite.open("charged", 1_000_000);
        List<Thread> playing = startInTurn(suite, clients);
        Charges charges = new Charges(suite);

        // When
        replaceEverything(suite);
        letServersBeAway(suite);

        // Then
        assertThat(clients).filteredOn(PersistentClient::isOver).isEmpty();
        int charged = charges.stop();
        suite.await(SERVED_SECONDS, () -> clients.stream().allMatch(PersistentClient::isServed));
        clients.forEach(PersistentClient::end);
        playing.forEach(Suite::join);
        assertThat(clients).allSatisfy(client -> assertThat(client.closeCode()).isEqualTo(1000));
        assertThat(clients).anyMatch(client -> !client.seen("resumed").isEmpty());
        assertThat(clients).allSatisfy(RollingRestart::checkServed);
        for (int i = 0; i < ACCOUNTS; i++) {
            checkAccount(suite, "roll-" + i, clients);
        }
        assertThat(suite.ledger("charged").causes())
                .filteredOn("charge ai_search"::equals)
                .hasSize(charged)
                .hasSizeGreaterThan(20);
    }

    /** Some sessions at a time, whatever that takes; returns when all run. */
    private static List<Thread> startInTurn(Suite suite, List<PersistentClient> clients) {
        List<Thread> playing = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i += AT_ONCE) {
            List<PersistentClient> next = clients.subList(i, i + AT_ONCE);
            playing.add(Thread.ofVirtual().start(() -> suite.runAll(next, PATIENCE_SECONDS)));
            suite.await(SERVED_SECONDS, () -> next.stream().allMatch(PersistentClient::isServed));
        }
        return playing;
    }

    private static void replaceEverything(Suite suite) {
        CompletableFuture<Void> others = CompletableFuture.runAsync(
                () -> List.of(Service.CHECKPOINT_WORKER, Service.TASK_SERVICE, Service.BILLING_BATCH)
                        .forEach(suite::restartInTurn));
        List.of(Service.CREDITS_SERVICE, Service.SESSION_SERVICE).forEach(suite::restartInTurn);
        others.join();
    }

    private static void letServersBeAway(Suite suite) {
        for (String server :
                Stream.of(Stack.BROKER, Stack.DATABASE).filter(suite::owns).toList()) {
            suite.kill(server);
            suite.letPass(AWAY_SECONDS);
            suite.startAgain(server);
        }
    }

    /** Charges again and again, each with a key of its own, which it repeats until the answer says what became of it. */
    private static final class Charges {
        private final Api api;
        private final CompletableFuture<Integer> charging;
        private volatile boolean goesOn = true;

        Charges(Suite suite) {
            this.api = suite.credits(Role.GATEWAY);
            this.charging = CompletableFuture.supplyAsync(
                    this::charge, task -> Thread.ofVirtual().start(task));
        }

        private int charge() {
            int charged = 0;
            while (goesOn) {
                String key = "charge-" + charged;
                Api.Reply reply = post(key);
                while (reply.status() == 503) {
                    LockSupport.parkNanos(CHARGE_NANOS);
                    reply = post(key);
                }
                assertThat(reply.status()).as("a charge: %s", reply.body()).isIn(200, 201);
                charged++;
                LockSupport.parkNanos(CHARGE_NANOS);
            }
            return charged;
        }

        private Api.Reply post(String key) {
            return api.post("accounts/charged/charges", key, "{\"meter\":\"ai_search\",\"units\":1}");
        }

        int stop() {
            goesOn = false;
            return charging.join();
        }
    }

    /** What was served was used, as far as the client can know, and nothing more. No total that it was told falls. */
    private static void checkServed(PersistentClient client) {
        ServedTime time = ServedTime.of(client);
        assertThat(time.usedMillis()).as("used: %s", time).isLessThanOrEqualTo(time.possibleMillis() + 1);
        if (time.knowsPauses()) {
            assertThat(time.usedMillis())
                    .as("used: %s", time)
                    .isGreaterThanOrEqualTo(time.heardMillis() - time.times() * STOP_MILLIS);
            assertThat(client.frames())
                    .filteredOn(frame -> frame.hasNonNull("used_millis"))
                    .extracting(frame -> frame.path("used_millis").asLong())
                    .isSorted();
        }
    }

    private static void checkAccount(Suite suite, String account, List<PersistentClient> clients) {
        SettledAccount settled = SettledAccount.of(suite, account);
        settled.checkSessions(SESSIONS / ACCOUNTS);
        settled.checkMoney(clients.stream()
                .filter(client -> client.account().equals(account))
                .flatMap(client -> client.frames().stream())
                .toList());
    }
}
