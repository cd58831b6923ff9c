package io.drawdown.sessions.recovery;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.sessions.document.ResumeToken;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionIds;
import io.drawdown.sessions.document.SessionState;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a dead owner left: fenced, proved, taken over, ended. */
class RecoveryTest {

    /** A lease of 4 s, the grace period of 30 s, and the rounds. */
    private static final Duration UNTIL_ENDED = Duration.ofSeconds(46);

    private final World world = new World();

    private RecordingSocket started(long credits) {
        world.credits.grant("ada", credits);
        return world.start("ada", "k");
    }

    @Test
    void afterACrashTheSessionsEndAtTheLastHeartbeat() {
        // Given
        String id = world.id(started(500));
        world.time.advance(Duration.ofSeconds(23));
        world.restart();
        // When
        world.time.advance(UNTIL_ENDED);
        // Then
        SessionEvent ended = world.broker.ended(id).getFirst();
        assertThat(ended.reason()).isEqualTo(EndReason.OWNER_LOST);
        assertThat(ended.usedMillis()).isBetween(18_000L, 23_000L);
        assertThat(ended.epoch()).isEqualTo(2);
        assertThat(world.credits.account("ada").balance.micros())
                .isEqualTo(Credits.of(500).micros() - Math.ceilDiv(ended.usedMillis(), 1_000) * 1_000_000);
        assertThat(world.credits.account("ada").hold(id)).isNull();
    }

    @Test
    void nobodyIsTakenOverBeforeTheGracePeriodIsOver() {
        // Given
        String id = world.id(started(500));
        world.time.advance(Duration.ofSeconds(11));
        world.restart();
        // When
        world.time.advance(Duration.ofSeconds(34));
        // Then
        assertThat(world.sessions.one(id).owner().epoch()).isEqualTo(1);
        world.time.advance(UNTIL_ENDED.minusSeconds(34));
        assertThat(world.sessions.one(id).state().name()).isEqualTo(SessionState.Name.ENDED);
    }

    @Test
    void aSettlementBeyondTheLastHeartbeatIsTheTotal() {
        // Given
        String id = world.id(started(500));
        world.time.advance(Duration.ofSeconds(9));
        world.credits.checkpoint("ada", id, 1, 8_900);
        world.restart();
        // When
        world.time.advance(UNTIL_ENDED);
        // Then
        assertThat(world.broker.ended(id)).singleElement().satisfies(e -> assertThat(e.usedMillis())
                .isEqualTo(8_900));
    }

    @Test
    void takeoverWaitsForAnOutageAndEndsNothingWithoutProof() {
        // Given
        String id = world.id(started(500));
        world.time.advance(Duration.ofSeconds(21));
        world.restart();
        world.broker.away = true;
        world.time.advance(Duration.ofSeconds(30));
        assertThat(world.sessions.one(id).owner().epoch()).isEqualTo(1);
        world.broker.away = false;
        world.credits.away = true;
        world.time.advance(UNTIL_ENDED);
        assertThat(world.sessions.one(id).state().name()).isEqualTo(SessionState.Name.RESUMING);
        // When
        world.credits.away = false;
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(world.broker.ended(id)).singleElement().satisfies(e -> assertThat(e.usedMillis())
                .isBetween(16_000L, 21_000L));
    }

    @Test
    void theTakerMayDieTooAndTheProofStays() {
        // Given: the first taker raised the epoch of the hold and died before it wrote the end
        String id = world.id(started(500));
        world.time.advance(Duration.ofSeconds(21));
        world.restart();
        world.time.advance(Duration.ofSeconds(1));
        world.credits.losesAnswers = true;
        world.time.advance(UNTIL_ENDED);
        world.credits.losesAnswers = false;
        HoldView hold = world.credits.account("ada").hold(id);
        assertThat(hold).isNotNull();
        assertThat(hold.epoch()).isGreaterThanOrEqualTo(2);
        world.broker.heartbeats.clear();
        world.restart();
        // When
        world.time.advance(UNTIL_ENDED);
        // Then
        assertThat(world.broker.ended(id)).singleElement().satisfies(e -> assertThat(e.usedMillis())
                .isBetween(16_000L, 21_000L));
    }

    @Test
    void aStartOfADeadOwnerEndsAtZero() {
        // Given
        world.credits.grant("ada", 90);
        world.credits.latency = Duration.ofSeconds(1);
        world.start("ada", "k");
        world.time.advance(Duration.ofMillis(500));
        world.restart();
        world.credits.latency = Duration.ofMillis(3);
        // When
        world.time.advance(Duration.ofSeconds(12));
        // Then
        assertThat(world.broker.lifecycle).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo(EndReason.ABANDONED);
            assertThat(event.usedMillis()).isZero();
        });
        assertThat(world.credits.account("ada").available()).isEqualTo(Credits.of(90));
    }

    @Test
    void eventsLeftInAnOutboxGoOutAfterTheRestart() {
        // Given
        RecordingSocket ada = started(500);
        String id = world.id(ada);
        world.broker.away = true;
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(1));
        world.restart();
        // When
        world.broker.away = false;
        world.time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(world.broker.ended(id)).hasSize(1);
        assertThat(world.sessions.one(id).outbox().events()).isEmpty();
        assertThat(world.sessions.one(id).outbox().pending()).isNull();
    }

    @Test
    void anOverdueHoldOfAnEndedSessionRepeatsItsEnd() {
        // Given
        RecordingSocket ada = started(500);
        String id = world.id(ada);
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(10));
        int before = world.broker.lifecycle.size();
        // When
        world.core().handleAccountEvents(List.of(Overdue.of(world, "ada", id)));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.broker.lifecycle).hasSize(before + 1);
        assertThat(world.broker.ended(id)).hasSize(1);
    }

    @Test
    void anOverdueHoldOfALiveSessionMakesItsOwnerRenew() {
        // Given
        String id = world.id(started(500));
        world.credits.questions.clear();
        // When
        world.credits.overdue("ada", id);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.credits.questions).hasSize(1);
    }

    @Test
    void anOverdueHoldOfAnUnknownSessionEndsItAtTheSettledTotal() {
        // When
        world.core().handleAccountEvents(List.of(Overdue.of(world, "ada", "ses_unknown")));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.broker.ended("ses_unknown")).singleElement().satisfies(e -> assertThat(e.usedMillis())
                .isEqualTo(4_000));
        assertThat(world.sessions.one("ses_unknown").state().name()).isEqualTo(SessionState.Name.ENDED);
    }

    @Test
    void aLateHoldOfARefusedSessionIsReleasedWhenItIsOverdue() {
        // Given
        RecordingSocket refused = world.start("ada", "k");
        assertThat(refused.closeCode).isEqualTo(4003);
        String id = SessionIds.of("ada", "k");
        // When
        world.core().handleAccountEvents(List.of(Overdue.of(world, "ada", id)));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.broker.ended(id)).singleElement().satisfies(e -> assertThat(e.usedMillis())
                .isZero());
    }

    @Test
    void aSessionThatNamesThisInstanceAndIsNotServedIsTakenOverWhenOverdue() {
        // Given: it became running, but the process never learned that
        world.credits.grant("ada", 90);
        RecordingSocket ada = world.client(World.GATEWAY);
        ada.says(new ClientFrame.Start("live_dubbing", "ada", "k"));
        world.time.advance(Duration.ofMillis(3));
        world.sessions.away = true;
        world.time.advance(Duration.ofSeconds(40));
        world.sessions.away = false;
        String id = SessionIds.of("ada", "k");
        SessionDocument there = world.sessions.one(id);
        world.sessions.documents.put(
                id,
                there.run(world.credits.account("ada").rate, ResumeToken.first("hash"), world.time.now())
                        .written("lost", 0));
        // When
        world.credits.overdue("ada", id);
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(world.broker.ended(id)).singleElement().satisfies(e -> assertThat(e.usedMillis())
                .isZero());
    }
}
