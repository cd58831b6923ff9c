package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.tokens.Role;
import io.drawdown.client.SessionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session goes on at either of two instances of session-service, whatever became of the one that had it. It ends once, what
 * it used is charged once, and what its client was told is what the ledger says.
 */
abstract class Hops {

    private static final String ONE = "session-service-1";
    private static final String TWO = "session-service-2";
    private static final long CREDITS = 1_000;

    private static final int CLIENTS = 8;
    private static final long SERVED_AGAIN_MILLIS = 5_000;

    /** On a noisy machine; one will do. */
    private static final int TRIES = 3;

    private static final int HOPS = 20;

    /** For so long a client that is not heard counts as served. */
    private static final long HALF_OPEN_MILLIS = 8_000;

    /** Between the service's count and the client's. */
    private static final long APART_MILLIS = 2_000;

    /** Two instances of each service behind a proxy. */
    abstract Suite suite();

    @Test
    void clientsAreServedAgainWithinFiveSecondsOfTheDeathOfTheirOwner() {
        // Given
        List<PersistentClient> clients =
                suite().clients(CLIENTS, i -> new SessionRequest("killed-" + i, "live_dubbing", "only"));
        clients.forEach(client -> suite().open(client.account(), CREDITS));
        Thread playing = Thread.ofVirtual().start(() -> suite().runAll(clients, 300));
        suite().await(60, () -> clients.stream().allMatch(PersistentClient::isServed));
        // When
        long best = Long.MAX_VALUE;
        for (int n = 0; n < TRIES && best >= SERVED_AGAIN_MILLIS; n++) {
            best = millisUntilServedAfterTheDeathOf(n % 2 == 0 ? ONE : TWO, clients);
        }
        clients.forEach(PersistentClient::end);
        Suite.join(playing);
        // Then
        assertThat(best).as("milliseconds until all clients were served again").isLessThan(SERVED_AGAIN_MILLIS);
        for (PersistentClient client : clients) {
            assertThat(client.closeCode()).isEqualTo(1000);
            SettledAccount settled = SettledAccount.of(suite(), client.account());
            settled.checkSessions(1);
            settled.checkMoney(client.frames());
        }
    }

    /** Until the last of them is. */
    private long millisUntilServedAfterTheDeathOf(String victim, List<PersistentClient> clients) {
        int lost = live(victim);
        assertThat(lost).as("sessions of %s", victim).isPositive();
        suite().kill(victim);
        long killed = System.nanoTime();
        suite().await(60, () -> servedAgain(clients, killed).size() == lost);
        suite().startAgain(victim);
        return servedAgain(clients, killed).stream()
                .mapToLong(nanos -> TimeUnit.NANOSECONDS.toMillis(nanos - killed))
                .max()
                .orElseThrow();
    }

    /** The times at which clients were first told after that time that they are back. */
    private static List<Long> servedAgain(List<PersistentClient> clients, long after) {
        return clients.stream()
                .flatMap(client -> client.seen("resumed").stream()
                        .map(PersistentClient.Seen::nanos)
                        .filter(nanos -> nanos - after > 0)
                        .limit(1))
                .toList();
    }

    private int live(String instance) {
        return Management.ready(suite().stack().child(instance))
                .core()
                .path("live")
                .asInt();
    }

    @Test
    void aSessionHopsTwentyTimesWhileAnotherIsHalfOpen() {
        // Given
        RoamingClient half = client("half-open");
        long started = System.nanoTime();
        RoamingClient.Socket deaf = half.start(suite().liveSessionsAt(TWO));
        deaf.beDeaf();
        RoamingClient hopping = client("hopping");
        List<RoamingClient.Socket> sockets = new ArrayList<>();
        long asked = System.nanoTime();
        sockets.add(hopping.start(suite().liveSessionsAt(ONE)));
        // When
        long served = 0;
        for (int n = 1; n <= HOPS; n++) {
            long since = System.nanoTime();
            suite().await(10, () -> System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(200));
            served += System.nanoTime() - since;
            sockets.add(hopping.hop(suite().liveSessionsAt(n % 2 == 0 ? ONE : TWO)));
        }
        long usedMillis = end(sockets.removeLast());
        long passed = System.nanoTime() - asked;
        suite().await(
                        30,
                        () -> System.nanoTime() - deaf.lastSign()
                                > TimeUnit.MILLISECONDS.toNanos(HALF_OPEN_MILLIS + 4_000));
        long halfOpen = TimeUnit.NANOSECONDS.toMillis(deaf.lastSign() - started) + HALF_OPEN_MILLIS;
        long halfUsedMillis = end(half.hop(suite().liveSessionsAt(ONE)));
        // Then
        assertThat(sockets).extracting(RoamingClient.Socket::closeCode).containsOnly(4009);
        assertThat(hopping.frames("resumed").map(frame -> frame.path("epoch").asInt()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(2, HOPS + 1).boxed().toList());
        assertThat(hopping.frames("resumed")
                        .map(frame -> frame.path("used_millis").asLong())
                        .toList())
                .isSorted();
        assertThat(usedMillis)
                .isBetween(TimeUnit.NANOSECONDS.toMillis(served) - APART_MILLIS, TimeUnit.NANOSECONDS.toMillis(passed));
        assertThat(halfUsedMillis).isBetween(HALF_OPEN_MILLIS - APART_MILLIS, halfOpen + APART_MILLIS);
        check(hopping, usedMillis);
        check(half, halfUsedMillis);
    }

    @Test
    void aFrozenOwnerThatWakesIsFencedAndWritesNothing() throws IOException {
        // Given: one client hops, an operator ends the session of another, and nobody touches that of the third
        RoamingClient hops = client("hops");
        RoamingClient waits = client("waits");
        RoamingClient stays = client("stays");
        List<RoamingClient.Socket> taken = Stream.of(hops, waits)
                .map(each -> each.start(suite().liveSessionsAt(ONE)))
                .toList();
        RoamingClient.Socket left = stays.start(suite().liveSessionsAt(ONE));
        try {
            suite().signal(ONE, "STOP");
            long usedMillis = end(hops.hop(suite().liveSessionsAt(TWO)));
            check(hops, usedMillis);
            suite().sessionsAt(TWO, Role.OPERATOR)
                    .post("sessions/" + waits.sessionId() + "/end", null, "")
                    .expect(200);
            List<JsonNode> before = documents(hops, waits);
            // When
            suite().signal(ONE, "CONT");
            // Then
            assertThat(left.closeCode()).isEqualTo(1012);
            assertThat(taken).extracting(RoamingClient.Socket::closeCode).isSubsetOf(1012, 4009);
            check(stays, end(stays.hop(suite().liveSessionsAt(ONE))));
            assertThat(documents(hops, waits)).isEqualTo(before);
            SettledAccount.of(suite(), waits.account()).checkSessions(1);
        } finally {
            suite().signal(ONE, "CONT");
        }
    }

    /** Of clients whose sessions are over: the sessions and the rows of their accounts. */
    private List<JsonNode> documents(RoamingClient... clients) {
        return Stream.of(clients)
                .map(client -> SettledAccount.of(suite(), client.account()))
                .flatMap(settled -> Stream.concat(settled.sessions().stream(), settled.ledger().rows().stream()))
                .toList();
    }

    @Test
    void aPauseIsKeptWhereverTheSessionGoesAndItsOperatorAsks() {
        // Given
        RoamingClient client = client("paused");
        Api operatorAtOne = suite().sessionsAt(ONE, Role.OPERATOR);
        Api operatorAtTwo = suite().sessionsAt(TWO, Role.OPERATOR);
        RoamingClient.Socket first = client.start(suite().liveSessionsAt(ONE));
        // When
        first.say("pause");
        long paused = usedMillis(first.await("paused"));
        RoamingClient.Socket second = client.hop(suite().liveSessionsAt(TWO));
        long pausedThere = usedMillis(second.await("paused"));
        operatorAtOne
                .post("sessions/" + client.sessionId() + "/resume", null, "")
                .expect(200);
        long continued = usedMillis(second.await("continued"));
        RoamingClient.Socket third = client.hop(suite().liveSessionsAt(ONE));
        operatorAtTwo
                .post("sessions/" + client.sessionId() + "/pause", null, "")
                .expect(200);
        long pausedAgain = usedMillis(third.await("paused"));
        third.say("continue");
        long continuedAgain = usedMillis(third.await("continued"));
        // Then
        assertThat(List.of(pausedThere, continued)).containsOnly(paused);
        assertThat(continuedAgain).isEqualTo(pausedAgain).isGreaterThanOrEqualTo(continued);
        check(client, end(third));
    }

    @Test
    void aGatewayStatesTheTotalOfItsSessionAtBothInstancesInTurn() {
        // Given
        suite().open("gateway", CREDITS);
        GatewayCalls one = gateway(ONE);
        GatewayCalls two = gateway(TWO);
        String id = one.start().path("id").asText();
        // When
        JsonNode repeated = two.start();
        two.state(id, "heartbeat", 3_000);
        JsonNode paused = one.state(id, "pause", 4_000);
        two.state(id, "heartbeat", 4_000);
        JsonNode resumed = one.state(id, "resume", 4_000);
        JsonNode lower = two.state(id, "heartbeat", 3_500);
        JsonNode ended = one.state(id, "end", 9_500);
        // Then
        assertThat(repeated.path("id").asText()).isEqualTo(id);
        assertThat(paused.path("paused_at").isMissingNode()).isFalse();
        assertThat(resumed.path("paused_at").isMissingNode()).isTrue();
        assertThat(Stream.of(resumed, lower, ended).map(Hops::usedMillis)).containsExactly(4_000L, 4_000L, 9_500L);
        suite().await(60, () -> isUnbilled(two.state(id, "heartbeat", 12_000), 2_500));
        SettledAccount.of(suite(), "gateway").checkSessions(1);
    }

    /** Once it is billed, what is stated later is told to be missing, and changes nothing. */
    private static boolean isUnbilled(JsonNode session, long millis) {
        return session.path("unbilled_millis").asLong() == millis && usedMillis(session) == 9_500;
    }

    private RoamingClient client(String account) {
        suite().open(account, CREDITS);
        return new RoamingClient(suite().token(Role.GATEWAY, "gateway"), account);
    }

    private static long end(RoamingClient.Socket socket) {
        socket.say("end");
        return usedMillis(socket.await("ended"));
    }

    private void check(RoamingClient client, long usedMillis) {
        SettledAccount settled = SettledAccount.of(suite(), client.account());
        settled.checkSessions(1);
        settled.checkMoney(client.frames());
        assertThat(usedMillis(settled.sessions().getFirst())).isEqualTo(usedMillis);
    }

    private static long usedMillis(JsonNode json) {
        return json.path("used_millis").asLong();
    }

    private GatewayCalls gateway(String instance) {
        return new GatewayCalls(suite(), instance, "gateway");
    }
}
