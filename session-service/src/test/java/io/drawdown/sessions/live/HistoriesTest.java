package io.drawdown.sessions.live;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random histories of two accounts whose clients, stores, broker, credits-service and own process all misbehave; when
 * that stops, everything comes to its one end and every credit is where it belongs.
 */
class HistoriesTest {

    private static final int STEPS = 150;
    private static final Credits MUCH = Credits.of(100_000);

    private final List<RecordingSocket> sockets = new ArrayList<>();
    private int keys;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whenFaultsStopEverySessionHasOneEndAndItsExactPrice(long seed) {
        // Given
        World world = new World();
        Random random = new Random(seed);
        world.credits.grant("rich", 100_000);
        world.credits.grant("poor", 60);
        // When
        for (int step = 0; step < STEPS; step++) {
            act(world, random);
            world.time.advance(Duration.ofMillis(random.nextInt(random.nextInt(10) == 0 ? 12_000 : 1_500)));
        }
        heal(world);
        settle(world);
        world.core().stopGracefully().subscribe().with(done -> {});
        world.time.advance(Duration.ofSeconds(60));
        world.restart();
        world.time.advance(Duration.ofMinutes(15));
        // Then
        assertThat(world.sessions.documents.values()).noneMatch(SessionDocument::isOpen);
        assertThat(world.sessions.documents.values())
                .allMatch(document -> document.outbox().events().isEmpty());
        world.sessions.documents.values().forEach(document -> assertEndedOnce(world, document));
        world.sessions.documents.values().forEach(document -> assertServedIsCounted(world, document));
        assertThat(world.media.oddities).isEmpty();
        assertThat(world.credits.account("rich").available()).isEqualTo(world.credits.account("rich").balance);
        assertThat(world.credits.account("rich").balance).isEqualTo(MUCH.minus(price(world, "rich")));
        assertThat(world.credits.account("poor").available()).isEqualTo(world.credits.account("poor").balance);
        assertThat(world.credits.account("poor").balance.isNegative()).isFalse();
    }

    private void act(World world, Random random) {
        String account = random.nextBoolean() ? "rich" : "poor";
        switch (random.nextInt(22)) {
            case 0, 1, 2, 3 -> open(world, new ClientFrame.Start("live_dubbing", account, "k" + ++keys));
            case 4 -> open(world, new ClientFrame.Start("live_dubbing", account, "k" + (1 + random.nextInt(keys + 1))));
            case 5, 6 -> withAny(random, socket -> socket.breaks(1006));
            case 7 -> resume(world, random);
            case 8 -> withAny(random, socket -> say(socket, new ClientFrame.End()));
            case 9 -> withAny(random, world::stopsAnswering);
            case 10 -> world.credits.away = random.nextInt(3) == 0;
            case 11 -> world.sessions.away = random.nextInt(3) == 0;
            case 12 -> world.broker.away = random.nextInt(3) == 0;
            case 13 -> world.credits.losesAnswers = random.nextInt(3) == 0;
            case 14 -> world.sessions.answersToLose = random.nextInt(3);
            case 15 -> world.credits.latency = Duration.ofMillis(random.nextInt(2_000));
            case 16 -> world.restart();
            case 17 -> world.sleep(Duration.ofMillis(random.nextInt(9_000)));
            case 18 -> fence(world, random);
            case 19 -> withAny(random, socket -> say(socket, new ClientFrame.Pause()));
            case 20 -> withAny(random, socket -> say(socket, new ClientFrame.Continue()));
            default -> checkpoint(world, random);
        }
    }

    private void open(World world, ClientFrame first) {
        RecordingSocket socket = world.client(World.GATEWAY);
        sockets.add(socket);
        socket.says(first);
    }

    private void withAny(Random random, Consumer<RecordingSocket> action) {
        if (!sockets.isEmpty()) {
            action.accept(sockets.get(random.nextInt(sockets.size())));
        }
    }

    private static void say(RecordingSocket socket, ClientFrame frame) {
        if (socket.closeCode == null) {
            socket.says(frame);
        }
    }

    private void resume(World world, Random random) {
        withAny(random, socket -> socket.all(Frame.Started.class).stream()
                .findFirst()
                .ifPresent(started -> open(world, resume(started.session()))));
    }

    /** The first token, and a prime for each time that its client heard that it is back. */
    private ClientFrame.Resume resume(Frame.Running session) {
        String id = session.sessionId();
        long returns = sockets.stream()
                .flatMap(socket -> socket.all(Frame.Resumed.class).stream())
                .filter(resumed -> resumed.session().sessionId().equals(id))
                .count();
        return World.resume(id, session.resumeToken() + "'".repeat((int) returns));
    }

    private static void fence(World world, Random random) {
        List<String> names = List.copyOf(world.incarnations.incarnations.keySet());
        if (random.nextInt(3) == 0) {
            world.incarnations.fenceNow(names.get(random.nextInt(names.size())));
        }
    }

    /** The worker knows nothing but heartbeats. */
    private static void checkpoint(World world, Random random) {
        if (!world.broker.readings().isEmpty()) {
            MeterReading reading = world.broker
                    .readings()
                    .get(random.nextInt(world.broker.readings().size()));
            world.credits.checkpoint(reading.accountId(), reading.sessionId(), reading.epoch(), reading.usedMillis());
        }
    }

    private static void heal(World world) {
        world.credits.away = false;
        world.credits.losesAnswers = false;
        world.credits.latency = Duration.ofMillis(3);
        world.sessions.away = false;
        world.sessions.answersToLose = 0;
        world.broker.away = false;
    }

    /** Long enough for the sweeps and the longest pause; a hold that nobody settles is overdue every half minute. */
    private static void settle(World world) {
        for (int round = 0; round < 26; round++) {
            world.time.advance(Duration.ofSeconds(30));
            world.credits.raiseAllOverdue();
        }
    }

    private static void assertEndedOnce(World world, SessionDocument document) {
        List<SessionEvent> ended = world.broker.ended(document.id());
        if (document.state().name() == SessionState.Name.REFUSED) {
            assertThat(ended).isEmpty();
        } else {
            assertThat(ended).as(document.toString()).singleElement().satisfies(event -> assertThat(event.usedMillis())
                    .isEqualTo(document.ended().orElseThrow().usedMillis()));
        }
    }

    /** Only a process that stands still may serve what it does not count, less than a tick each time. */
    private static void assertServedIsCounted(World world, SessionDocument document) {
        Duration used =
                Duration.ofMillis(document.ended().map(Ended::usedMillis).orElse(0L));
        Duration served = world.media.served(document.id());
        assertThat(world.media.isServed(document.id())).isFalse();
        assertThat(used).isLessThanOrEqualTo(served.plus(world.media.stoodStill(document.id())));
        boolean wasLost = document.ended().map(Ended::reason).orElse(null) == EndReason.OWNER_LOST
                || document.owner().epoch() > 1;
        if (!wasLost) {
            assertThat(used).isGreaterThanOrEqualTo(served.minus(LiveSessions.TICK.multipliedBy(world.media.stalls)));
        }
    }

    private static Credits price(World world, String account) {
        return world.sessions.documents.values().stream()
                .filter(document -> document.origin().accountId().equals(account))
                .flatMap(document -> document.ended().stream())
                .map(ended -> world.credits.account(account).rate.priceOf(ended.usedMillis()))
                .reduce(Credits.ZERO, Credits::plus);
    }
}
