package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.DefaultSettings;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever ends a session: one terminal state, one exact total, one event. */
class EndingTest {

    private final World world = new World();
    private final List<Object> answers = new ArrayList<>();

    private RecordingSocket started(long credits) {
        world.credits.grant("ada", credits);
        return world.start("ada", "k");
    }

    @Test
    void concurrentEndsAreOneEnd() {
        // Given
        RecordingSocket ada = started(10);
        String id = world.id(ada);
        world.time.advance(Duration.ofMillis(9_979));
        // When
        ada.says(new ClientFrame.End());
        ask(world.core().end(id, EndReason.USER, null));
        ask(world.core().end(id, EndReason.USER, null));
        world.core().stopGracefully().subscribe().with(done -> answers.add("stopped"));
        world.time.advance(Duration.ofSeconds(15));
        // Then
        assertThat(world.broker.ended(id)).hasSize(1);
        assertThat(ada.all(Frame.Ended.class)).hasSize(1);
        assertThat(ada.last(Frame.Ended.class).reason()).isEqualTo(EndReason.USER);
        assertThat(answers).hasSize(3);
    }

    @Test
    void endOverRestAnswersWithTheFinalTotal() {
        // Given
        RecordingSocket ada = started(100);
        world.time.advance(Duration.ofSeconds(7));
        // When
        ask(world.core().end(world.id(ada), EndReason.USER, null));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(answers).singleElement().isInstanceOfSatisfying(SessionView.class, view -> {
            assertThat(view.state()).isEqualTo(SessionState.Name.ENDED);
            assertThat(view.usedMillis()).isBetween(7_000L, 7_050L);
        });
        assertThat(ada.closeCode).isEqualTo(1000);
    }

    @Test
    void aGracefulStopHandsAllOverExactlyAndPublishesBeforeItIsDone() {
        // Given
        RecordingSocket ada = started(500);
        String id = world.id(ada);
        RecordingSocket two = world.start("ada", "two");
        world.time.advance(Duration.ofSeconds(7));
        // When
        world.core().stopGracefully().subscribe().with(done -> answers.add(world.broker.lifecycle.size()));
        world.time.advance(Duration.ofMillis(500));
        // Then
        assertThat(answers).containsExactly(2);
        assertThat(ada.closeCode).isEqualTo(1012);
        assertThat(two.closeCode).isEqualTo(1012);
        assertThat(ada.all(Frame.Restarting.class)).hasSize(1);
        assertThat(world.sessions.one(id).state())
                .isInstanceOfSatisfying(
                        SessionState.Detached.class,
                        detached -> assertThat(detached.handed().usedMillis()).isBetween(7_000L, 7_050L));
        assertThat(world.incarnations.incarnations.values()).allMatch(i -> i.fenced());
        assertThat(world.sessions.documents.values())
                .allMatch(document -> document.outbox().events().isEmpty());
    }

    /** Fifty each second, and all within half the grace period. */
    @ParameterizedTest
    @CsvSource({"49, 30, 1", "98, 30, 2", "120, 4, 2"})
    void theClientsOfAStoppedInstanceDoNotComeBackAtOnce(int sessions, int graceSeconds, long latest) {
        // Given
        World its = new World(DefaultSettings.withGracePeriod(Duration.ofSeconds(graceSeconds)));
        List<RecordingSocket> sockets = IntStream.range(0, sessions)
                .mapToObj(number -> {
                    its.credits.grant("user-" + number, 500);
                    return its.start("user-" + number, "key");
                })
                .toList();
        // When
        its.core().stopGracefully().subscribe().with(done -> {});
        its.time.advance(Duration.ofSeconds(2));
        // Then
        Map<Long, Long> atEach = sockets.stream()
                .map(socket -> socket.last(Frame.Restarting.class).retryAfter())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        assertThat(atEach).hasSize((int) latest).containsKeys(1L, latest);
        long most = Math.max(50, (sessions + latest - 1) / latest);
        assertThat(atEach.values()).allMatch(number -> number <= most);
    }

    @Test
    void aStoppingInstanceRefusesNewClients() {
        // Given
        started(500);
        world.core().stopGracefully().subscribe().with(done -> {});
        // When
        RecordingSocket late = world.client(World.GATEWAY);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(late.closeCode).isEqualTo(1013);
    }

    @Test
    void anEndIsWrittenWithTheSameTotalWhenTheStoreIsBack() {
        // Given
        RecordingSocket ada = started(500);
        world.time.advance(Duration.ofSeconds(7));
        world.sessions.away = true;
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(30));
        assertThat(ada.all(Frame.Ended.class)).isEmpty();
        // When
        world.sessions.away = false;
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(ada.last(Frame.Ended.class).usedMillis()).isBetween(7_000L, 7_050L);
        assertThat(world.broker.ended(world.id(ada))).hasSize(1);
    }

    @Test
    void aLostAnswerOfTheEndingWriteIsStillOneEnd() {
        // Given
        RecordingSocket ada = started(500);
        world.sessions.answersToLose = 1;
        // When
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(ada.all(Frame.Ended.class)).hasSize(1);
        assertThat(world.broker.lifecycle)
                .extracting(SessionEvent::type)
                .containsExactly(SessionEvent.Type.STARTED, SessionEvent.Type.ENDED);
    }

    @Test
    void anEndRequestedByAnotherInstanceHappensAtTheNextRenewal() {
        // Given
        RecordingSocket ada = started(500);
        String id = world.id(ada);
        SessionDocument there = world.sessions.one(id);
        world.sessions.documents.put(id, there.wantEnd(EndReason.USER, null).written("other", 0));
        // When
        world.time.advance(Duration.ofMillis(2_100));
        // Then
        assertThat(ada.last(Frame.Ended.class).reason()).isEqualTo(EndReason.USER);
    }

    @Test
    void aSessionEndsAtItsMaximumDuration() {
        // Given
        RecordingSocket ada = started(100_000);
        // When
        world.time.advance(Duration.ofHours(12).plusSeconds(1));
        // Then
        assertThat(ada.last(Frame.Ended.class).reason()).isEqualTo(EndReason.MAXIMUM_DURATION);
        assertThat(ada.closeCode).isEqualTo(4008);
    }

    @Test
    void endingAnUnknownSessionIsEmptyAndAnEndedOneAnswersItsEnd() {
        // Given
        RecordingSocket ada = started(500);
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(1));
        // When
        ask(world.core().end("ses_unknown", EndReason.USER, null));
        ask(world.core().end(world.id(ada), EndReason.USER, null));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(answers.getFirst()).isEqualTo("empty");
        assertThat(answers.getLast()).isInstanceOfSatisfying(SessionView.class, view -> assertThat(view.state())
                .isEqualTo(SessionState.Name.ENDED));
    }

    private void ask(Uni<Optional<SessionView>> question) {
        question.subscribe().with(view -> answers.add(view.isPresent() ? view.get() : "empty"));
    }
}
