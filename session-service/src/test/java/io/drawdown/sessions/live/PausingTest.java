package io.drawdown.sessions.live;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.protocol.PauseCause;
import io.drawdown.sessions.protocol.PauseWish;
import io.drawdown.sessions.testing.Instance;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A paused session: nothing is served or charged, its credits stay held, and it goes on or ends in time. */
class PausingTest {

    private final World world = new World();
    private final RecordingSocket ada = started();
    private final String id = world.id(ada);

    private RecordingSocket started() {
        world.credits.grant("ada", 500);
        RecordingSocket socket = world.start("ada", "k");
        world.time.advance(Duration.ofSeconds(5));
        return socket;
    }

    @Test
    void nothingIsServedOrCountedUntilItGoesOn() {
        // When
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofMinutes(5));
        // Then
        Frame.Paused paused = ada.last(Frame.Paused.class);
        assertThat(paused.by()).isEqualTo(PauseCause.REQUEST);
        assertThat(paused.endsInMillis()).isBetween(599_000L, 600_000L);
        assertThat(paused.usedMillis()).isBetween(5_000L, 5_050L);
        assertThat(world.media.isServed(id)).isFalse();
        // When
        ada.says(new ClientFrame.Continue());
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(ada.last(Frame.Continued.class).usedMillis()).isEqualTo(paused.usedMillis());
        assertThat(used()).isBetween(10_000L, 10_100L);
        assertThat(world.media.served(id).toMillis()).isEqualTo(used());
        assertThat(types())
                .containsExactly(SessionEvent.Type.STARTED, SessionEvent.Type.PAUSED, SessionEvent.Type.RESUMED);
    }

    @Test
    void itsCreditsStayHeld() {
        // Given
        Credits before = world.credits.account("ada").available();
        // When
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofMinutes(9));
        // Then
        assertThat(world.credits.account("ada").available()).isEqualTo(before);
    }

    @Test
    void tooLongAPauseEndsTheSessionAtItsTotal() {
        // When
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofMinutes(10).plusSeconds(1));
        // Then
        Frame.Ended ended = ada.last(Frame.Ended.class);
        assertThat(ended.reason()).isEqualTo(EndReason.PAUSED_TOO_LONG);
        assertThat(ended.usedMillis()).isBetween(5_000L, 5_050L);
        assertThat(ada.closeCode).isEqualTo(4008);
    }

    @Test
    void aPauseOutlastsTheLossOfTheSocketAndTheClientIsToldAgain() {
        // Given
        String token = ada.last(Frame.Started.class).session().resumeToken();
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofSeconds(1));
        ada.breaks(1006);
        world.time.advance(Duration.ofMinutes(2));
        // When
        RecordingSocket next = world.client(World.GATEWAY);
        next.says(World.resume(id, token));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(next.frames).hasAtLeastOneElementOfType(Frame.Resumed.class);
        assertThat(next.last(Frame.Paused.class).endsInMillis()).isBetween(478_000L, 480_000L);
        assertThat(world.media.isServed(id)).isFalse();
        // When
        next.says(new ClientFrame.Continue());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.media.isServed(id)).isTrue();
    }

    @Test
    void withoutAClientTheGracePeriodBeginsWhenThePauseEnds() {
        // Given
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofSeconds(1));
        ada.breaks(1006);
        world.time.advance(Duration.ofMinutes(5));
        // When
        world.core().requests().pause(id, PauseWish.GO_ON).subscribe().with(view -> {});
        world.time.advance(Duration.ofSeconds(29));
        // Then
        assertThat(world.broker.ended(id)).isEmpty();
        // When
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(world.broker.ended(id)).extracting(SessionEvent::reason).containsExactly(EndReason.DISCONNECTED);
    }

    @Test
    void stalledMediaPauseTheSessionUntilTheyFlow() {
        // When
        world.media.stalls(id, true);
        world.time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(ada.last(Frame.Paused.class).by()).isEqualTo(PauseCause.MEDIA);
        // When: the client cannot make media flow
        ada.says(new ClientFrame.Continue());
        world.time.advance(Duration.ofSeconds(30));
        assertThat(world.media.isServed(id)).isFalse();
        world.media.stalls(id, false);
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(ada.all(Frame.Continued.class)).hasSize(1);
        assertThat(used()).isBetween(10_000L, 10_100L);
    }

    @Test
    void itGoesOnOnlyWhenNobodyWantsThePause() {
        // Given
        ada.says(new ClientFrame.Pause());
        world.media.stalls(id, true);
        world.time.advance(Duration.ofSeconds(1));
        // When
        world.media.stalls(id, false);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.media.isServed(id)).isFalse();
        assertThat(stored().isPaused()).isTrue();
    }

    @Test
    void aPauseAndItsEndAtOnceAreBothStored() {
        // When
        ada.says(new ClientFrame.Pause());
        ada.says(new ClientFrame.Continue());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(stored().isPaused()).isFalse();
        assertThat(world.media.isServed(id)).isTrue();
        // When
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofSeconds(1));
        ada.says(new ClientFrame.Continue());
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(stored().isPaused()).isTrue();
        assertThat(world.media.isServed(id)).isFalse();
    }

    @Test
    void withoutTheStoreAPauseStopsAtOnceAndGoesOnOnceThatIsStored() {
        // Given
        world.sessions.away = true;
        // When
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.media.isServed(id)).isFalse();
        assertThat(ada.all(Frame.Paused.class)).isEmpty();
        // When
        ada.says(new ClientFrame.Continue());
        world.time.advance(Duration.ofMillis(500));
        assertThat(world.media.isServed(id)).isFalse();
        world.sessions.away = false;
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(world.media.isServed(id)).isTrue();
        assertThat(stored().isPaused()).isFalse();
    }

    @Test
    void aPausedSessionDoesNotEndForWantOfCredits() {
        // Given: its credits are used up, and the answer is on its way
        world.credits.grant("bob", 10);
        RecordingSocket bob = world.start("bob", "b");
        world.credits.latency = Duration.ofMillis(400);
        world.time.advance(Duration.ofMillis(10_200));
        // When
        bob.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofMinutes(1));
        // Then
        assertThat(bob.all(Frame.Ended.class)).isEmpty();
        // When
        bob.says(new ClientFrame.Continue());
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(bob.last(Frame.Ended.class).reason()).isEqualTo(EndReason.EXHAUSTED);
        assertThat(bob.last(Frame.Ended.class).usedMillis()).isEqualTo(10_000);
    }

    @Test
    void anOverdueHoldOfAPausedSessionIsRenewed() {
        // Given
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofMinutes(1));
        world.credits.questions.clear();
        // When
        world.credits.raiseAllOverdue();
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.credits.questions).singleElement().asString().startsWith("renew 50");
        assertThat(stored().isPaused()).isTrue();
    }

    @Test
    void aPausedSessionCanBeEnded() {
        // Given
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofSeconds(1));
        // When
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(ada.last(Frame.Ended.class).reason()).isEqualTo(EndReason.USER);
        assertThat(ada.last(Frame.Ended.class).usedMillis()).isBetween(5_000L, 5_050L);
    }

    @Test
    void onlyARunningSessionCanBePaused() {
        // Given
        RecordingSocket bob = world.client(World.GATEWAY);
        // When
        bob.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(bob.last(Frame.Error.class).problem().type()).isEqualTo(ProblemType.INVALID_REQUEST);
    }

    @Test
    void pausesWhoseEventsCannotBePublishedAreBounded() {
        // Given
        world.broker.away = true;
        for (int i = 0; i < 25; i++) {
            // When
            ada.says(new ClientFrame.Pause());
            world.time.advance(Duration.ofMillis(100));
            ada.says(new ClientFrame.Continue());
            world.time.advance(Duration.ofMillis(100));
        }
        // Then
        assertThat(stored().outbox().events()).hasSizeBetween(32, 34);
        assertThat(ada.last(Frame.Error.class).problem().type()).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(world.media.isServed(id)).isTrue();
        // When
        world.broker.away = false;
        world.time.advance(Duration.ofSeconds(20));
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(stored().isPaused()).isTrue();
    }

    @Test
    void aPauseOfStalledMediaIsOverForTheNextOwner() {
        // Given
        Instance two = world.another("two");
        world.media.stalls(id, true);
        world.time.advance(Duration.ofSeconds(6));
        assertThat(world.sessions.one(id).isPaused()).isTrue();
        // When
        world.crash();
        two.resume(World.resume(id, ada.last(Frame.Started.class).session().resumeToken()));
        world.time.advance(Duration.ofSeconds(4));
        // Then
        assertThat(world.sessions.one(id).isPaused()).isFalse();
        assertThat(two.media.isServed(id)).isTrue();
    }

    @Test
    void aPauseThatWasAskedForWhileMediaStoodStillOutlastsItsOwner() {
        // Given
        Instance two = world.another("two");
        world.media.stalls(id, true);
        world.time.advance(Duration.ofSeconds(1));
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofSeconds(1));
        // When
        world.crash();
        two.resume(World.resume(id, ada.last(Frame.Started.class).session().resumeToken()));
        world.time.advance(Duration.ofSeconds(4));
        // Then
        assertThat(world.sessions.one(id).isPaused()).isTrue();
        assertThat(two.media.isServed(id)).isFalse();
    }

    @Test
    void mediaThatStallAgainAndAgainWhileKafkaIsAwayFillNoDocument() {
        // Given
        world.broker.away = true;
        for (int i = 0; i < 50; i++) {
            // When
            world.media.stalls(id, true);
            world.time.advance(Duration.ofMillis(200));
            world.media.stalls(id, false);
            world.time.advance(Duration.ofMillis(200));
        }
        // Then
        assertThat(world.sessions.one(id).outbox().events()).hasSizeBetween(32, 34);
        assertThat(world.media.isServed(id)).isTrue();
        assertThat(world.media.served(id).toMillis()).isEqualTo(used());
    }

    @Test
    void whoAsksThatItGoOnHearsWhereItsMediaStandStill() {
        // Given
        world.media.stalls(id, true);
        world.time.advance(Duration.ofSeconds(1));
        boolean[] isPaused = {false};
        // When
        world.core()
                .requests()
                .pause(id, PauseWish.GO_ON)
                .subscribe()
                .with(found -> isPaused[0] = found.orElseThrow().isPaused());
        world.time.advance(Duration.ofMillis(50));
        // Then
        assertThat(isPaused[0]).isTrue();
    }

    private SessionDocument stored() {
        return Objects.requireNonNull(world.sessions.documents.get(id));
    }

    private List<SessionEvent.Type> types() {
        return world.broker.lifecycle.stream().map(SessionEvent::type).toList();
    }

    private long used() {
        return Objects.requireNonNull(
                world.core().read(id).await().indefinitely().orElseThrow().usedMillis());
    }
}
