package io.drawdown.sessions.start;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.sessions.document.SessionIds;
import io.drawdown.sessions.document.SessionState;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A start key that is sent again after its start was refused: it is decided afresh. */
class StartAgainTest {

    private final World world = new World();

    @Test
    void aTopUpMakesTheRefusedStartKeyWork() {
        // Given
        RecordingSocket refused = world.start("ada", "k");
        assertThat(refused.last(Frame.Refused.class).problem().type()).isEqualTo(ProblemType.INSUFFICIENT_CREDITS);
        world.credits.grant("ada", 10);
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        Frame.Running started = again.last(Frame.Started.class).session();
        assertThat(started.fundedMillis()).isEqualTo(10_000);
        assertThat(world.sessions.one(started.sessionId()).state()).isInstanceOf(SessionState.Running.class);
        assertThat(world.sessions.documents).hasSize(1);
        assertThat(world.broker.lifecycle).extracting(SessionEvent::seq).containsExactly(1L);
    }

    @Test
    void theSecondRefusalHasCurrentFigures() {
        // Given
        world.credits.account("ada").rate = new Rate("live_dubbing", Credits.of(5), 1_000);
        world.start("ada", "k");
        world.credits.grant("ada", 3);
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(again.last(Frame.Refused.class).creditsRemaining()).isEqualTo(Credits.of(3));
    }

    @Test
    void aLiftedSuspensionMakesTheRefusedStartKeyWork() {
        // Given
        world.credits.grant("ada", 10);
        world.credits.suspend("ada");
        world.start("ada", "k");
        world.credits.reinstate("ada");
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(again.all(Frame.Started.class)).hasSize(1);
    }

    @Test
    void aRefusedStartKeyMayBeUsedForAnotherStart() {
        // Given
        world.start("ada", "k");
        world.credits.grant("ada", 10);
        RecordingSocket other = world.client(World.GATEWAY);
        // When
        other.says(new ClientFrame.Start("smart_subs", "ada", "k"));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.sessions.one(world.id(other)).origin().kind()).isEqualTo("smart_subs");
    }

    @Test
    void theNextIncarnationMayStartWhatTheFormerRefused() {
        // Given
        world.start("ada", "k");
        world.credits.grant("ada", 10);
        world.crash();
        world.restart();
        world.time.advance(Duration.ofSeconds(1));
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(again.all(Frame.Started.class)).hasSize(1);
    }

    @Test
    void aRefusalFromBeforeAClientJoinedIsNotItsAnswer() {
        // Given: the answer is on its way when the credits come and the key is sent again
        world.credits.answerDelay = Duration.ofSeconds(1);
        RecordingSocket first = world.start("ada", "k");
        world.credits.grant("ada", 10);
        RecordingSocket again = world.start("ada", "k");
        // When
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(first.closeCode).isEqualTo(EndReason.REPLACED.closeCode());
        assertThat(again.all(Frame.Started.class)).hasSize(1);
    }

    @Test
    void aHoldThatCameAfterTheRefusalIsFoundByTheSameKey() {
        // Given
        String id = refusedButHeld();
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(world.id(again)).isEqualTo(id);
        assertThat(world.credits.account("ada").available()).isEqualTo(Credits.of(30));
    }

    @Test
    void aHoldThatCameAfterTheRefusalIsReleasedWhenItIsOverdue() {
        // Given
        String id = refusedButHeld();
        // When
        world.credits.overdue("ada", id);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.credits.account("ada").available()).isEqualTo(Credits.of(90));
        assertThat(world.sessions.one(id).state()).isInstanceOf(SessionState.Ended.class);
        assertThat(world.start("ada", "k").last(Frame.Ended.class).reason()).isEqualTo(EndReason.ABANDONED);
    }

    /** The request for the first slice arrived twice: before the credits and after them. */
    private String refusedButHeld() {
        world.start("ada", "k");
        world.credits.grant("ada", 90);
        String id = SessionIds.of("ada", "k");
        world.credits
                .start(id, new Funding.Start("ada", "live_dubbing"), null)
                .subscribe()
                .with(held -> {});
        world.time.advance(Duration.ofMillis(20));
        assertThat(world.credits.account("ada").hold(id)).isNotNull();
        return id;
    }
}
