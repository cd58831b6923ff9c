package io.drawdown.sessions.start;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.ProblemType;
import io.drawdown.sessions.document.ResumeToken;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionIds;
import io.drawdown.sessions.document.SessionState;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told of a start is so, and the same key tells what became of it, whoever began it. */
class StartOutcomeTest {

    private static final Owner OTHER = new Owner("other", "two", 1);
    private static final String ID = SessionIds.of("ada", "k");

    private final World world = new World();

    @Test
    void aStartThatMayHaveAHoldIsOfUnknownOutcomeUntilItIsSentAgain() {
        // Given
        world.credits.grant("ada", 10);
        world.credits.losesAnswers = true;
        RecordingSocket first = world.start("ada", "k");
        assertThat(problem(first)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
        assertThat(first.closeCode).isEqualTo(EndReason.UNAVAILABLE.closeCode());
        world.credits.losesAnswers = false;
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(again.last(Frame.Started.class).session().fundedMillis()).isEqualTo(10_000);
    }

    @Test
    void aStartThatNeverReachedCreditsIsUnavailable() {
        // Given
        world.credits.grant("ada", 10);
        world.credits.away = true;
        // When
        RecordingSocket first = world.start("ada", "k");
        // Then
        assertThat(problem(first)).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(world.credits.account("ada").hold(ID)).isNull();
    }

    @Test
    void aSecondAttemptThatReachesNobodyLeavesTheOutcomeOfTheFirstUnknown() {
        // Given
        world.credits.grant("ada", 10);
        world.credits.losesAnswers = true;
        world.start("ada", "k");
        world.credits.away = true;
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(problem(again)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
    }

    @Test
    void aStartWhoseDocumentCannotBeReadIsOfUnknownOutcome() {
        // Given
        world.credits.grant("ada", 10);
        world.credits.losesAnswers = true;
        world.start("ada", "k");
        world.time.after(Duration.ofNanos(1_500_000), () -> world.sessions.away = true);
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(problem(again)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
    }

    @Test
    void aStartThatAnotherInstanceBeganIsResolvedAtOnce() {
        // Given: the other one has the hold and was not heard of again
        world.credits.grant("ada", 90);
        heldByTheOther();
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(world.id(again)).isEqualTo(ID);
        assertThat(world.sessions.one(ID).owner().instance()).isEqualTo("one");
        assertThat(world.credits.account("ada").available()).isEqualTo(Credits.of(30));
    }

    @Test
    void anAttemptThatLostTheDocumentDoesNotRunTheSession() {
        // Given: the answer is on its way when another instance takes the start up
        world.credits.grant("ada", 90);
        world.credits.answerDelay = Duration.ofSeconds(1);
        RecordingSocket ada = world.start("ada", "k");
        SessionDocument starting = world.sessions.one(ID);
        world.sessions.documents.put(
                ID, starting.startAgain(starting.origin(), OTHER).written("other", 0));
        // When
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(ada.closeCode).isEqualTo(EndReason.REPLACED.closeCode());
        assertThat(world.media.isServed(ID)).isFalse();
        assertThat(world.sessions.one(ID).owner()).isEqualTo(OTHER);
    }

    @Test
    void aSessionThatRunsAtAnotherInstanceIsAnsweredAsElsewhere() {
        // Given
        world.credits.grant("ada", 90);
        heldByTheOther();
        SessionDocument starting = world.sessions.one(ID);
        world.sessions.documents.put(
                ID,
                starting.run(world.credits.account("ada").rate, ResumeToken.first("hash"), world.time.now())
                        .written("other", 0));
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(problem(again)).isEqualTo(ProblemType.SESSION_ELSEWHERE);
        assertThat(again.last(Frame.Refused.class).sessionId()).isEqualTo(ID);
        assertThat(again.closeCode).isEqualTo(EndReason.UNAVAILABLE.closeCode());
    }

    @Test
    void aStartThatComesAfterTheSweepHoldsNothing() {
        // Given: the request for the first slice is lost on its way
        world.credits.grant("ada", 90);
        world.credits.away = true;
        world.start("ada", "k");
        world.credits.away = false;
        // When
        world.time.advance(Duration.ofSeconds(90));
        start();
        // Then
        assertThat(world.sessions.one(ID).state()).isInstanceOf(SessionState.Ended.class);
        assertThat(world.credits.account("ada").hold(ID)).isNull();
    }

    @Test
    void aLateStartOfADeadInstanceHoldsNothing() {
        // Given
        world.credits.grant("ada", 90);
        world.credits.away = true;
        world.start("ada", "k");
        world.crash();
        world.credits.away = false;
        world.restart();
        // When
        world.time.advance(Duration.ofSeconds(30));
        start();
        // Then
        assertThat(world.sessions.one(ID).state()).isInstanceOf(SessionState.Ended.class);
        assertThat(world.credits.account("ada").hold(ID)).isNull();
    }

    @Test
    void aStartThatWasGivenUpBeforeItsEndWasStoredIsOver() {
        // Given
        world.credits.grant("ada", 90);
        world.credits.away = true;
        world.start("ada", "k");
        world.credits.away = false;
        world.credits
                .cancelStart(ID, new Funding.CancelStart("ada"))
                .subscribe()
                .with(cancelled -> {});
        world.time.advance(Duration.ofMillis(20));
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(again.last(Frame.Ended.class).reason()).isEqualTo(EndReason.ABANDONED);
    }

    private void heldByTheOther() {
        world.credits.away = true;
        world.start("ada", "k");
        world.credits.away = false;
        SessionDocument starting = world.sessions.one(ID);
        world.sessions.documents.put(
                ID, starting.startAgain(starting.origin(), OTHER).written("other", 0));
        start();
    }

    private void start() {
        world.credits
                .start(ID, new Funding.Start("ada", "live_dubbing"), null)
                .subscribe()
                .with(answer -> {});
        world.time.advance(Duration.ofMillis(20));
    }

    private static ProblemType problem(RecordingSocket socket) {
        return socket.last(Frame.Refused.class).problem().type();
    }
}
