package io.drawdown.sessions.funding;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an ended session holds comes back at once, by a call; its last word says what it cost. */
class ReleasesTest {

    private final World world = new World();
    private final List<SessionView> views = new ArrayList<>();

    private RecordingSocket started(long credits) {
        world.credits.grant("ada", credits);
        return world.start("ada", "k");
    }

    private long releases() {
        return world.credits.questions.stream()
                .filter(question -> question.startsWith("release"))
                .count();
    }

    private void read(Uni<Optional<SessionView>> question) {
        question.subscribe().with(view -> views.add(view.orElseThrow()));
        world.time.advance(Duration.ofSeconds(1));
    }

    /** As if its owner had died before it kept what it had heard. */
    private static SessionDocument withoutBill(SessionDocument stored, Ended end) {
        return new SessionDocument(
                stored.id(),
                stored.revision(),
                stored.origin(),
                stored.owner(),
                new Ended(end.reason(), end.usedMillis(), end.at(), null, null),
                stored.begun(),
                stored.endWanted(),
                stored.outbox());
    }

    @Test
    void creditsAreReleasedWithTheEndedFrameWhileTheBrokerIsAway() {
        // Given
        RecordingSocket ada = started(60);
        world.time.advance(Duration.ofSeconds(3));
        world.broker.away = true;
        // When
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofMillis(100));
        // Then
        assertThat(ada.last(Frame.Ended.class).settled()).isTrue();
        assertThat(world.credits.account("ada").available()).isEqualTo(Credits.of(56));
    }

    @Test
    void theEndedFrameAndTheSessionTellCostAndFinalBalance() {
        // Given
        RecordingSocket ada = started(100);
        String id = world.id(ada);
        world.time.advance(Duration.ofSeconds(7));
        // When
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofMillis(100));
        read(world.core().read(id));
        // Then
        Frame.Ended ended = ada.last(Frame.Ended.class);
        assertThat(ended.cost()).isEqualTo(Credits.of(8));
        assertThat(ended.balance()).isEqualTo(Credits.of(92));
        assertThat(ended.held()).isEqualTo(Credits.ZERO);
        assertThat(views.getFirst().settled()).isTrue();
        assertThat(views.getFirst().cost()).isEqualTo(Credits.of(8));
        assertThat(views.getFirst().balance()).isEqualTo(Credits.of(92));
        assertThat(views.getFirst().seq()).isEqualTo(ended.seq());
    }

    @Test
    void endOverRestTellsCostAndFinalBalance() {
        // Given
        RecordingSocket ada = started(100);
        world.time.advance(Duration.ofSeconds(7));
        // When
        read(world.core().end(world.id(ada), EndReason.USER, null));
        // Then
        assertThat(views.getFirst().settled()).isTrue();
        assertThat(views.getFirst().cost()).isEqualTo(Credits.of(8));
    }

    @Test
    void endIsToldAsNotSettledWithinHalfASecondWhileCreditsServiceIsAway() {
        // Given
        RecordingSocket ada = started(100);
        String id = world.id(ada);
        world.time.advance(Duration.ofSeconds(7));
        world.credits.away = true;
        // When
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofMillis(520));
        // Then
        Frame.Ended ended = ada.last(Frame.Ended.class);
        assertThat(ended.settled()).isFalse();
        assertThat(ended.cost()).isNull();
        assertThat(ended.balance()).isNull();
        // When
        world.credits.away = false;
        world.time.advance(Duration.ofSeconds(1));
        read(world.core().read(id));
        // Then
        assertThat(views.getFirst().settled()).isTrue();
        assertThat(views.getFirst().cost()).isEqualTo(Credits.of(8));
        assertThat(world.credits.account("ada").hold(id)).isNull();
    }

    @Test
    void aLostAnswerIsRequestedAgainAndIsTheSame() {
        // Given
        RecordingSocket ada = started(100);
        String id = world.id(ada);
        world.time.advance(Duration.ofSeconds(7));
        world.credits.losesAnswers = true;
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofMillis(300));
        // When
        world.credits.losesAnswers = false;
        world.time.advance(Duration.ofSeconds(1));
        read(world.core().read(id));
        // Then
        assertThat(releases()).isGreaterThan(1);
        assertThat(views.getFirst().cost()).isEqualTo(Credits.of(8));
        assertThat(world.credits.account("ada").balance).isEqualTo(Credits.of(92));
    }

    @Test
    void nothingIsReleasedBeforeTheStoreHasTheEnd() {
        // Given
        RecordingSocket ada = started(500);
        world.time.advance(Duration.ofSeconds(7));
        world.sessions.away = true;
        ada.says(new ClientFrame.End());
        // When
        world.time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(releases()).isZero();
        // When
        world.sessions.away = false;
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(releases()).isEqualTo(1);
        assertThat(ada.last(Frame.Ended.class).settled()).isTrue();
    }

    @Test
    void theExactStopWaitsForNoRelease() {
        // Given
        RecordingSocket ada = started(10);
        world.credits.takesNoReleases = true;
        // When
        world.time.advance(Duration.ofMillis(10_050));
        // Then
        Frame.Ended ended = ada.last(Frame.Ended.class);
        assertThat(ended.reason()).isEqualTo(EndReason.EXHAUSTED);
        assertThat(ended.settled()).isTrue();
        assertThat(ended.cost()).isEqualTo(Credits.of(10));
        assertThat(ended.balance()).isEqualTo(Credits.ZERO);
    }

    @Test
    void theNextIncarnationReleasesWhatADeadOwnerEndedWithoutTheBroker() {
        // Given
        RecordingSocket ada = started(100);
        String id = world.id(ada);
        world.time.advance(Duration.ofSeconds(7));
        world.broker.away = true;
        world.credits.away = true;
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofMillis(100));
        world.crash();
        world.credits.away = false;
        // When
        world.restart();
        world.time.advance(Duration.ofSeconds(8));
        // Then
        assertThat(world.credits.account("ada").hold(id)).isNull();
        assertThat(world.sessions.one(id).state()).isInstanceOfSatisfying(Ended.class, end -> assertThat(end.bill())
                .isNotNull());
    }

    @Test
    void aBillThatWasLostWithItsOwnerIsRequestedByTheNextReader() {
        // Given
        RecordingSocket ada = started(100);
        String id = world.id(ada);
        world.time.advance(Duration.ofSeconds(7));
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(1));
        SessionDocument stored = world.sessions.one(id);
        Ended end = (Ended) stored.state();
        world.sessions.documents.put(id, withoutBill(stored, end));
        // When
        read(world.core().read(id));
        // Then
        assertThat(views.getFirst().cost()).isEqualTo(Credits.of(8));
        assertThat(((Ended) world.sessions.one(id).state()).bill()).isEqualTo(end.bill());
    }

    @Test
    void aTakenOverSessionIsReleasedToo() {
        // Given
        RecordingSocket ada = started(100);
        String id = world.id(ada);
        world.time.advance(Duration.ofSeconds(7));
        world.crash();
        // When
        world.restart();
        world.time.advance(Duration.ofSeconds(46));
        // Then
        assertThat(releases()).isEqualTo(1);
        assertThat(world.credits.account("ada").hold(id)).isNull();
        assertThat(world.sessions.one(id).state()).isInstanceOfSatisfying(Ended.class, end -> assertThat(end.bill())
                .isNotNull());
    }

    @Test
    void aRefusalTellsWhatLiveSessionsHold() {
        // Given
        world.credits.grant("ada", 60);
        world.start("ada", "one");
        // When
        RecordingSocket two = world.start("ada", "two");
        // Then
        Frame.Refused refused = two.last(Frame.Refused.class);
        assertThat(refused.creditsRemaining()).isEqualTo(Credits.ZERO);
        assertThat(refused.creditsHeld()).isEqualTo(Credits.of(60));
        assertThat(refused.problem().detail()).contains("live sessions hold 60 more");
    }
}
