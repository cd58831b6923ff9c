package io.drawdown.sessions.start;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.kit.socket.Identity;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** From a start frame to a running session, a refusal, or "not now". */
class StartingTest {

    private final World world = new World();

    @Test
    void startedFrameTellsFundingAndStartedEventIsPublished() {
        // Given
        world.credits.grant("ada", 90);
        // When
        RecordingSocket ada = world.start("ada", "k");
        // Then
        Frame.Running started = ada.last(Frame.Started.class).session();
        assertThat(started.fundedMillis()).isEqualTo(60_000);
        assertThat(started.usedMillis()).isZero();
        assertThat(started.epoch()).isEqualTo(1);
        assertThat(started.sessionId()).matches("ses_[a-z2-7]{26}");
        assertThat(world.broker.lifecycle).extracting(SessionEvent::type).containsExactly(SessionEvent.Type.STARTED);
    }

    @Test
    void startWithoutEnoughCreditsIsRefused() {
        // When
        RecordingSocket ada = world.start("ada", "k");
        // Then
        Frame.Refused refused = ada.last(Frame.Refused.class);
        assertThat(refused.problem().type()).isEqualTo(ProblemType.INSUFFICIENT_CREDITS);
        assertThat(refused.creditsRequired()).isEqualTo(Credits.of(1));
        assertThat(refused.creditsRemaining()).isEqualTo(Credits.ZERO);
        assertThat(refused.upgradeRequired()).isTrue();
        assertThat(ada.closeCode).isEqualTo(4003);
    }

    @Test
    void aSuspendedAccountIsRefusedWith4004() {
        // Given
        world.credits.grant("ada", 10);
        world.credits.suspend("ada");
        // When
        RecordingSocket ada = world.start("ada", "k");
        // Then
        assertThat(ada.last(Frame.Refused.class).problem().type()).isEqualTo(ProblemType.ACCOUNT_SUSPENDED);
        assertThat(ada.closeCode).isEqualTo(4004);
    }

    @Test
    void unavailableIsNotInsufficientAndTheSameKeyWorksLater() {
        // Given
        world.credits.away = true;
        RecordingSocket first = world.start("ada", "k");
        assertThat(first.last(Frame.Refused.class).problem().type()).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(first.closeCode).isEqualTo(1013);
        world.credits.away = false;
        world.credits.grant("ada", 10);
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(again.all(Frame.Started.class)).hasSize(1);
    }

    @Test
    void aLostAnswerOfTheFirstSliceIsFoundByTheSameKey() {
        // Given
        world.credits.grant("ada", 10);
        world.credits.losesAnswers = true;
        world.start("ada", "k");
        world.credits.losesAnswers = false;
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(again.last(Frame.Started.class).session().fundedMillis()).isEqualTo(10_000);
        assertThat(world.credits.account("ada").available()).isEqualTo(Credits.ZERO);
    }

    @Test
    void lostAnswersOfTheStoreStartOneSession() {
        // Given
        world.credits.grant("ada", 10);
        world.sessions.answersToLose = 2;
        // When
        RecordingSocket ada = world.start("ada", "k");
        // Then
        assertThat(ada.all(Frame.Started.class)).hasSize(1);
        assertThat(world.sessions.documents).hasSize(1);
    }

    @Test
    void aRepeatedKeyOfARunningSessionMovesItToTheNewSocket() {
        // Given
        world.credits.grant("ada", 90);
        RecordingSocket first = world.start("ada", "k");
        world.time.advance(Duration.ofSeconds(5));
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(world.id(again)).isEqualTo(world.id(first));
        assertThat(again.last(Frame.Started.class).session().usedMillis()).isBetween(5_000L, 5_050L);
        assertThat(first.closeCode).isEqualTo(4009);
        assertThat(world.credits.questions)
                .filteredOn(q -> q.startsWith("start"))
                .hasSize(1);
    }

    @Test
    void aRepeatedKeyWhileStartingGetsTheSameSession() {
        // Given
        world.credits.grant("ada", 90);
        world.credits.latency = Duration.ofSeconds(1);
        RecordingSocket first = world.start("ada", "k");
        RecordingSocket again = world.start("ada", "k");
        // When
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(first.closeCode).isEqualTo(4009);
        assertThat(again.all(Frame.Started.class)).hasSize(1);
        assertThat(world.credits.questions)
                .filteredOn(q -> q.startsWith("start"))
                .hasSize(1);
    }

    @Test
    void aRepeatedKeyOfAnEndedSessionIsAnsweredWithItsEnd() {
        // Given
        world.credits.grant("ada", 90);
        RecordingSocket first = world.start("ada", "k");
        world.time.advance(Duration.ofSeconds(5));
        first.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(1));
        // When
        RecordingSocket again = world.start("ada", "k");
        // Then
        assertThat(again.last(Frame.Ended.class).reason()).isEqualTo(EndReason.USER);
        assertThat(again.closeCode).isEqualTo(1000);
    }

    @Test
    void aKeyUsedForAnotherStartIsRefused() {
        // Given
        world.credits.grant("ada", 90);
        world.start("ada", "k");
        RecordingSocket other = world.client(World.GATEWAY);
        // When
        other.says(new ClientFrame.Start("smart_subs", "ada", "k"));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(other.last(Frame.Refused.class).problem().type()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void endWhileStartingEndsAtOnceAndFreesTheHold() {
        // Given
        world.credits.grant("ada", 90);
        world.credits.latency = Duration.ofSeconds(1);
        RecordingSocket ada = world.start("ada", "k");
        // When
        ada.breaks(1000);
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(world.broker.lifecycle)
                .extracting(SessionEvent::type)
                .containsExactly(SessionEvent.Type.STARTED, SessionEvent.Type.ENDED);
        assertThat(world.credits.account("ada").available()).isEqualTo(Credits.of(90));
    }

    @Test
    void moreThanTheAllowedSessionsOfOneAccountAreRefused() {
        // Given
        SessionsSettings few = new SessionsSettings(
                "one",
                8,
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                new SessionsSettings.SessionLimits(2, 3),
                new SessionsSettings.ConnectionLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), 100, 64, 5));
        World small = new World(few);
        small.credits.grant("ada", 900);
        small.credits.grant("bob", 900);
        small.start("ada", "a");
        small.start("ada", "b");
        // When
        RecordingSocket third = small.start("ada", "c");
        // Then
        assertThat(third.last(Frame.Refused.class).problem().type()).isEqualTo(ProblemType.TOO_MANY_SESSIONS);
        assertThat(third.closeCode).isEqualTo(4029);
        // When: the instance has room for one more
        RecordingSocket bob = small.start("bob", "d");
        RecordingSocket another = small.start("bob", "e");
        // Then: a client whose session is here may come back
        assertThat(small.core().health().full()).isTrue();
        assertThat(another.last(Frame.Refused.class).problem().type()).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(another.last(Frame.Refused.class).retryAfter()).isEqualTo(1);
        assertThat(another.closeCode).isEqualTo(1013);
        bob.breaks(1006);
        assertThat(small.start("bob", "d").frames).hasAtLeastOneElementOfType(Frame.Started.class);
    }

    @Test
    void theSweepEndsOldStartsAtTotalZeroAndFreesTheirHolds() {
        // Given
        world.credits.grant("ada", 90);
        world.credits.losesAnswers = true;
        world.start("ada", "k");
        world.credits.losesAnswers = false;
        assertThat(world.credits.account("ada").available()).isEqualTo(Credits.of(30));
        // When
        world.time.advance(Duration.ofSeconds(90));
        // Then
        assertThat(world.broker.lifecycle).hasSize(1);
        assertThat(world.broker.lifecycle.getFirst().reason()).isEqualTo(EndReason.ABANDONED);
        assertThat(world.broker.lifecycle.getFirst().usedMillis()).isZero();
        assertThat(world.credits.account("ada").available()).isEqualTo(Credits.of(90));
    }

    @Test
    void anotherAccountNeedsARoleForIt() {
        // Given
        RecordingSocket bob = world.client(new Identity("bob", false, Instant.MAX));
        // When
        bob.says(new ClientFrame.Start("live_dubbing", "ada", "k"));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(bob.last(Frame.Refused.class).problem().type()).isEqualTo(ProblemType.FORBIDDEN);
        assertThat(world.sessions.documents).isEmpty();
    }
}
