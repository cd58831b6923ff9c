package io.drawdown.sessions.live;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.protocol.PauseWish;
import io.drawdown.sessions.testing.Instance;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A pause that gives back what its session does not use, and asks for more before it goes on. */
class ReleasedPauseTest {

    private static final ClientFrame RELEASE = new ClientFrame.Pause(true);

    private final World world = new World();
    private final RecordingSocket ada = started();
    private final String id = world.id(ada);

    private RecordingSocket started() {
        world.credits.grant("ada", 100);
        RecordingSocket socket = world.start("ada", "k");
        world.time.advance(Duration.ofMillis(5_300));
        return socket;
    }

    @Test
    void allThatIsNotUsedComesBackAndIsAskedForAgain() {
        // When
        ada.says(RELEASE);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(ada.last(Frame.Paused.class).released()).isTrue();
        assertThat(available()).isEqualTo(Credits.of(94));
        assertThat(hold().usedMillis()).isBetween(5_300L, 5_350L);
        // When
        world.time.advance(Duration.ofMinutes(5));
        world.credits.questions.clear();
        ada.says(new ClientFrame.Continue());
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(world.credits.questions.getFirst()).startsWith("renew 53");
        assertThat(world.media.isServed(id)).isTrue();
        assertThat(hold().fundedMillis()).isGreaterThan(15_000);
        assertThat(types())
                .containsExactly(SessionEvent.Type.STARTED, SessionEvent.Type.PAUSED, SessionEvent.Type.RESUMED);
    }

    @Test
    void whoGoesOnWithoutCreditsIsToldSoAndEnds() {
        // Given: all that came back is spent meanwhile
        ada.says(RELEASE);
        world.time.advance(Duration.ofSeconds(1));
        world.credits.account("ada").balance = Credits.of(0);
        // When
        ada.says(new ClientFrame.Continue());
        world.time.advance(Duration.ofSeconds(5));
        // Then: the second that had begun was paid for
        Frame.Ended ended = ada.last(Frame.Ended.class);
        assertThat(ended.reason()).isEqualTo(EndReason.EXHAUSTED);
        assertThat(ended.usedMillis()).isEqualTo(6_000);
        assertThat(world.media.served(id)).isLessThan(Duration.ofMillis(6_010));
    }

    @Test
    void whoGoesOnWhileCreditsServiceIsAwayIsUnfundedAndNotServed() {
        // Given
        ada.says(RELEASE);
        world.time.advance(Duration.ofSeconds(1));
        world.credits.away = true;
        // When
        ada.says(new ClientFrame.Continue());
        world.time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(ada.frames).hasAtLeastOneElementOfType(Frame.Unfunded.class);
        assertThat(world.media.isServed(id)).isFalse();
        // When
        world.credits.away = false;
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(world.media.isServed(id)).isTrue();
    }

    @Test
    void aRenewalThatIsDecidedAfterwardsComesBackToo() {
        // Given: it is on its way when the session is paused
        world.credits.latency = Duration.ofMillis(300);
        world.credits.overdue("ada", id);
        world.time.advance(Duration.ofMillis(100));
        // When
        ada.says(RELEASE);
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(available()).isEqualTo(Credits.of(94));
    }

    @Test
    void reportsAndOverdueHoldsAndGrantsFundNothing() {
        // Given
        ada.says(RELEASE);
        world.time.advance(Duration.ofSeconds(1));
        world.credits.questions.clear();
        // When
        world.credits.checkpoint("ada", id, 1, hold().usedMillis());
        world.credits.raiseAllOverdue();
        world.credits.grant("ada", 10);
        world.time.advance(Duration.ofSeconds(3));
        // Then: the overdue hold is answered
        assertThat(world.credits.questions).containsExactly("give back 2 to 6000");
        assertThat(available()).isEqualTo(Credits.of(104));
    }

    @Test
    void aPauseMayBeAskedToReleaseLaterAndStaysPausedOnce() {
        // Given
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofMinutes(1));
        assertThat(available()).isEqualTo(Credits.of(40));
        // When
        ada.says(RELEASE);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(available()).isEqualTo(Credits.of(94));
        assertThat(ada.all(Frame.Paused.class))
                .extracting(Frame.Paused::released)
                .containsExactly(false, true);
        assertThat(ada.last(Frame.Paused.class).endsInMillis()).isLessThan(541_000);
        assertThat(types()).containsExactly(SessionEvent.Type.STARTED, SessionEvent.Type.PAUSED);
    }

    @Test
    void theNextOwnerGivesBackWhatATakeoverFunded() {
        // Given
        ada.says(RELEASE);
        world.time.advance(Duration.ofSeconds(1));
        String token = ada.last(Frame.Started.class).session().resumeToken();
        Instance other = world.another("session-service-1");
        world.credits.account("ada").refillsAtTakeover = true;
        // When
        RecordingSocket next = other.resume(World.resume(id, token));
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(next.last(Frame.Paused.class).released()).isTrue();
        assertThat(hold().epoch()).isEqualTo(2);
        assertThat(available()).isEqualTo(Credits.of(94));
    }

    @Test
    void aPausedSessionThatIsAskedGivesBackAllOfIt() {
        // Given
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofSeconds(1));
        // When
        world.credits.askBack("ada");
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(available()).isEqualTo(Credits.of(94));
        // When
        ada.says(new ClientFrame.Continue());
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(world.media.isServed(id)).isTrue();
    }

    @Test
    void itIsAskedForOverHttpWhereverTheSessionLives() {
        // Given
        Instance other = world.another("session-service-1");
        // When
        SessionView[] answer = new SessionView[1];
        other.core.requests().pause(id, PauseWish.RELEASE).subscribe().with(found -> answer[0] = found.orElseThrow());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(answer[0].isReleased()).isTrue();
        assertThat(available()).isEqualTo(Credits.of(94));
    }

    private HoldView hold() {
        return Objects.requireNonNull(world.credits.account("ada").hold(id));
    }

    private Credits available() {
        return world.credits.account("ada").available();
    }

    private List<SessionEvent.Type> types() {
        return world.broker.lifecycle.stream().map(SessionEvent::type).toList();
    }
}
