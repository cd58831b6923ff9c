package io.drawdown.sessions.resume;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.SessionControl;
import io.drawdown.kit.security.SocketToken;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Detached;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.Instance;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that comes back at another instance. */
class HopTest {

    private final World world = new World();
    private final Instance two = world.another("two");
    private RecordingSocket ada;
    private String id;
    private String token;

    @BeforeEach
    void started() {
        world.credits.grant("ada", 1_000);
        ada = world.start("ada", "k");
        id = world.id(ada);
        token = String.valueOf(ada.last(Frame.Started.class).session().resumeToken());
        world.time.advance(Duration.ofMillis(7_300));
    }

    private SessionDocument stored() {
        return world.sessions.one(id);
    }

    private RecordingSocket back(ClientFrame.Resume frame) {
        RecordingSocket socket = world.client(World.GATEWAY);
        socket.says(frame);
        world.time.advance(Duration.ofMillis(200));
        return socket;
    }

    private static long usedAtReturn(RecordingSocket socket) {
        return socket.last(Frame.Resumed.class).session().usedMillis();
    }

    @Test
    void theOwnerHandsOverItsExactTotalAndTheSessionGoesOn() {
        // When
        RecordingSocket back = two.resume(World.resume(id, token));
        // Then
        assertThat(ada.closeCode).isEqualTo(4009);
        assertThat(back.last(Frame.Resumed.class).session().epoch()).isEqualTo(2);
        assertThat(back.last(Frame.Resumed.class).session().resumeToken()).isNull();
        assertThat(Duration.ofMillis(usedAtReturn(back)))
                .isBetween(world.media.served(id).minusMillis(1), world.media.served(id));
        assertThat(world.media.isServed(id)).isFalse();
        assertThat(two.media.isServed(id)).isTrue();
        assertThat(stored().owner().instance()).isEqualTo("two");
    }

    @Test
    void whatWasUsedHereAndThereIsChargedOnce() {
        // Given
        RecordingSocket back = two.resume(World.resume(id, token));
        world.time.advance(Duration.ofSeconds(10));
        // When
        back.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        Duration served = world.media.served(id).plus(two.media.served(id));
        long used = back.last(Frame.Ended.class).usedMillis();
        assertThat(Duration.ofMillis(used)).isBetween(served.minusMillis(2), served);
        assertThat(back.last(Frame.Ended.class).cost())
                .isEqualTo(world.credits.account("ada").rate.priceOf(used));
        assertThat(world.credits.account("ada").available()).isEqualTo(world.credits.account("ada").balance);
    }

    @Test
    void backAndForthLosesNothing() {
        // Given
        String next = token;
        RecordingSocket last = ada;
        // When
        for (int hop = 1; hop <= 20; hop++) {
            world.time.advance(Duration.ofMillis(313));
            ClientFrame.Resume frame = World.resume(id, next);
            last = hop % 2 == 1 ? two.resume(frame) : back(frame);
            next += "'";
        }
        // Then
        Duration served = world.media.served(id).plus(two.media.served(id));
        long used = Objects.requireNonNull(
                world.core().read(id).await().indefinitely().orElseThrow().usedMillis());
        assertThat(last.last(Frame.Resumed.class).session().epoch()).isEqualTo(21);
        assertThat(Duration.ofMillis(used)).isBetween(served.minusMillis(21), served);
    }

    @Test
    void afterAKillTheGreatestHeartbeatIsTheProof() {
        // Given: heartbeats come every five seconds
        world.crash();
        // When
        RecordingSocket back = two.resume(World.resume(id, token));
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(usedAtReturn(back)).isBetween(4_900L, 5_000L);
        assertThat(two.media.isServed(id)).isTrue();
        assertThat(world.credits.account("ada").hold(id)).satisfies(hold -> {
            assertThat(hold.epoch()).isEqualTo(2);
            assertThat(hold.usedMillis()).isEqualTo(usedAtReturn(back));
        });
    }

    @Test
    void anOwnerThatIsFencedIsNotWaitedFor() {
        // Given
        world.crash();
        world.incarnations.fenceNow(stored().owner().incarnation());
        // When
        RecordingSocket back = two.resume(World.resume(id, token));
        world.time.advance(Duration.ofMillis(300));
        // Then
        assertThat(back.all(Frame.Resumed.class)).hasSize(1);
    }

    @Test
    void anOwnerThatDoesNotHearOfItLosesWhatItServedSinceItsLastHeartbeat() {
        // Given
        RecordingSocket there = two.resume(World.resume(id, token));
        two.hearsControl = false;
        world.time.advance(Duration.ofSeconds(8));
        // When
        RecordingSocket back = back(World.resume(id, token + "'"));
        world.time.advance(Duration.ofSeconds(3));
        // Then: the event of the takeover tells it of the greater epoch
        assertThat(back.last(Frame.Resumed.class).session().epoch()).isEqualTo(3);
        assertThat(there.closeCode).isEqualTo(4009);
        assertThat(two.media.isServed(id)).isFalse();
        assertThat(usedAtReturn(back)).isLessThan(15_500);
    }

    @Test
    void anInstanceThatTakesBackWhatAnotherTookStopsWhatItServedUnnoticed() {
        // Given: the one that took it dies before credits-service or its former owner heard of it
        RecordingSocket there = two.resume(World.resume(id, token));
        two.hearsControl = false;
        world.credits.away = true;
        back(World.resume(id, token + "'"));
        world.time.advance(Duration.ofSeconds(3));
        assertThat(stored().owner().epoch()).isEqualTo(3);
        world.crash();
        world.credits.away = false;
        // When
        RecordingSocket back = two.resume(World.resume(id, token + "''"));
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(there.closeCode).isEqualTo(4009);
        assertThat(back.last(Frame.Resumed.class).session().epoch()).isEqualTo(4);
        assertThat(two.media.oddities).isEmpty();
    }

    @Test
    void anOwnerThatSleptWritesNothingWhenItWakes() {
        // Given
        RecordingSocket there = two.resume(World.resume(id, token));
        two.sleep();
        world.time.advance(Duration.ofSeconds(1));
        back(World.resume(id, token + "'"));
        world.time.advance(Duration.ofSeconds(10));
        Owner now = stored().owner();
        // When
        two.wake();
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(there.closeCode).isIn(1012, 4009);
        assertThat(two.media.isServed(id)).isFalse();
        assertThat(stored().owner()).isEqualTo(now);
        assertThat(stored().state()).isInstanceOf(Running.class);
        assertThat(world.broker.ended(id)).isEmpty();
    }

    @Test
    void aReturnWhoseAnswerWasLostIsRepeatedWithAGreaterAttemptAtAnyInstance() {
        // Given
        ClientFrame.Resume first = World.resume(id, token);
        two.resume(first).breaks(1006);
        // When
        RecordingSocket again = back(new ClientFrame.Resume(id, token, first.nextHash(), first.attempt() + 1));
        RecordingSocket givenUp = two.resume(first);
        RecordingSocket thief = two.resume(World.resume(id, token));
        // Then
        assertThat(again.last(Frame.Resumed.class).session().epoch()).isEqualTo(3);
        assertThat(givenUp.last(Frame.Refused.class).problem().type()).isEqualTo(ProblemType.SESSION_NOT_FOUND);
        assertThat(thief.last(Frame.Refused.class).problem().type()).isEqualTo(ProblemType.SESSION_NOT_FOUND);
        assertThat(again.closeCode).isNull();
    }

    @Test
    void anAttemptWhoseClientIsGoneTakesNothing() {
        // Given
        world.crash();
        RecordingSocket back = two.resume(World.resume(id, token));
        // When
        back.breaks(1006);
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(stored().owner().epoch()).isEqualTo(1);
        assertThat(stored().begun())
                .satisfies(begun ->
                        assertThat(Objects.requireNonNull(begun.token()).hash()).isEqualTo(SocketToken.hash(token)));
    }

    @Test
    void aStopHandsItOverAndAnotherInstanceGoesOnExactly() {
        // Given
        RecordingSocket there = two.resume(World.resume(id, token));
        world.time.advance(Duration.ofSeconds(4));
        // When
        boolean isDone = two.stop();
        RecordingSocket back = back(World.resume(id, token + "'"));
        // Then
        assertThat(isDone).isTrue();
        assertThat(there.frames.getLast()).isEqualTo(new Frame.Restarting(1));
        assertThat(there.closeCode).isEqualTo(1012);
        Duration served = world.media.served(id).plus(two.media.served(id));
        assertThat(Duration.ofMillis(usedAtReturn(back))).isBetween(served.minusMillis(400), served);
        assertThat(world.broker.ended(id)).isEmpty();
    }

    @Test
    void whatWasHandedOverEndsAtThatTotalIfItsClientDoesNotCome() {
        // Given
        two.resume(World.resume(id, token));
        two.stop();
        long handed = ((Detached) stored().state()).handed().usedMillis();
        // When
        world.time.advance(Duration.ofSeconds(90));
        // Then
        assertThat(stored().state()).isInstanceOfSatisfying(Ended.class, ended -> {
            assertThat(ended.usedMillis()).isEqualTo(handed);
            assertThat(stored().owner().epoch()).isEqualTo(2);
        });
    }

    @Test
    void whatWasHandedOverEndsAtOnceOnRequest() {
        // Given
        two.resume(World.resume(id, token));
        two.stop();
        // When
        world.core().end(id, EndReason.USER, null).subscribe().with(view -> {});
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.broker.ended(id)).singleElement().satisfies(event -> assertThat(event.reason())
                .isEqualTo(EndReason.USER));
    }

    @Test
    void whileCreditsServiceIsAwayTheClientIsToldToTryAgainAndTheSessionIsKept() {
        // Given
        world.credits.away = true;
        RecordingSocket back = two.resume(World.resume(id, token));
        world.time.advance(Duration.ofSeconds(11));
        // When
        world.credits.away = false;
        world.time.advance(Duration.ofSeconds(2));
        RecordingSocket again = two.resume(World.resume(id, token + "'"));
        // Then
        assertThat(back.last(Frame.Refused.class).problem().type()).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(again.last(Frame.Resumed.class).session().epoch()).isEqualTo(2);
    }

    @Test
    void anEndThatWasWantedMeanwhileIsDone() {
        // Given
        world.crash();
        RecordingSocket back = two.resume(World.resume(id, token));
        // When
        back.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(4));
        // Then
        assertThat(back.last(Frame.Ended.class).reason()).isEqualTo(EndReason.USER);
    }

    @Test
    void anEndThatIsSentTogetherWithAReturnToItsOwnerIsDone() {
        // Given
        RecordingSocket back = world.client(World.GATEWAY);
        // When
        back.says(World.resume(id, token));
        back.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(back.last(Frame.Ended.class).reason()).isEqualTo(EndReason.USER);
    }

    @Test
    void whatWasAskedOfTheOwnerBeforeItsClientCameBackIsNotDone() {
        // Given
        SessionDocument seen = stored();
        RecordingSocket back = back(World.resume(id, token));
        for (SessionControl.Type late : EnumSet.of(SessionControl.Type.HAND_OVER, SessionControl.Type.PAUSE)) {
            // When
            world.core()
                    .handleControls(List.of(new SessionControl(
                            late, seen.owner().incarnation(), id, seen.owner().epoch(), seen.rev())));
            world.time.advance(Duration.ofSeconds(1));
            // Then
            assertThat(back.closeCode).isNull();
            assertThat(world.media.isServed(id)).isTrue();
        }
    }

    @Test
    void aReturnWhoseSessionEndsWhileItIsWrittenIsToldOfTheEnd() {
        // Given
        RecordingSocket back = world.client(World.GATEWAY);
        // When: the rotation is under way
        back.says(World.resume(id, token));
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(back.last(Frame.Ended.class).usedMillis())
                .isEqualTo(ada.last(Frame.Ended.class).usedMillis());
    }

    @Test
    void aClientThatTakesItsSessionBackFromTheInstanceThatWasEndingItKeepsIt() {
        // Given: nobody came within the grace period, but its end waits for credits-service
        world.crash();
        world.credits.away = true;
        while (!(stored().state() instanceof Resuming)) {
            world.time.advance(Duration.ofMillis(500));
        }
        // When
        RecordingSocket back = two.resume(World.resume(id, token));
        world.time.advance(Duration.ofSeconds(4));
        world.credits.away = false;
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(back.all(Frame.Resumed.class)).hasSize(1);
        assertThat(stored().state()).isInstanceOf(Running.class);
    }
}
