package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that go silent, lose their socket, come back, or do not. */
class AwayTest {

    private final World world = new World();
    private final RecordingSocket ada = started();
    private final String id = world.id(ada);
    private final String token =
            Objects.requireNonNull(ada.last(Frame.Started.class).session().resumeToken());

    private RecordingSocket started() {
        world.credits.grant("ada", 500);
        return world.start("ada", "k");
    }

    @Test
    void aSilentClientIsServedEightSecondsAndEndedAfterTheGracePeriod() {
        // Given
        world.time.advance(Duration.ofMillis(1_980));
        ada.pongs();
        world.stopsAnswering(ada);
        // When
        world.time.advance(Duration.ofSeconds(60));
        // Then
        assertThat(ada.last(Frame.Ended.class).reason()).isEqualTo(EndReason.DISCONNECTED);
        assertThat(ada.last(Frame.Ended.class).usedMillis()).isBetween(9_900L, 10_010L);
        assertThat(ada.closeCode).isEqualTo(4008);
    }

    @Test
    void aSilentClientThatSpeaksAgainGoesOnWithoutTheSilence() {
        // Given
        world.stopsAnswering(ada);
        ada.pongs();
        world.time.advance(Duration.ofSeconds(20));
        // When
        ada.says(new ClientFrame.Ping());
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(used()).isBetween(10_000L, 10_100L);
    }

    @Test
    void aLostSocketPausesAndTheTokenResumesWithTheSameEpoch() {
        // Given
        world.time.advance(Duration.ofSeconds(5));
        ada.breaks(1006);
        world.time.advance(Duration.ofSeconds(20));
        RecordingSocket next = world.client(World.GATEWAY);
        // When
        next.says(World.resume(id, token));
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(next.last(Frame.Resumed.class).session().epoch()).isEqualTo(1);
        assertThat(next.last(Frame.Resumed.class).session().usedMillis()).isBetween(5_000L, 5_050L);
        assertThat(used()).isBetween(10_000L, 10_100L);
    }

    @Test
    void resumingWhileTheOldSocketIsThereClosesIt() {
        // Given
        world.time.advance(Duration.ofSeconds(5));
        RecordingSocket next = world.client(World.GATEWAY);
        // When
        next.says(World.resume(id, token));
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(ada.closeCode).isEqualTo(4009);
        assertThat(ada.frames.getLast()).isEqualTo(new Frame.Replaced());
        assertThat(used()).isBetween(10_000L, 10_100L);
    }

    @Test
    void aWrongTokenIsNotToldThatTheSessionExists() {
        // Given
        RecordingSocket next = world.client(World.GATEWAY);
        // When
        next.says(World.resume(id, "guess"));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(next.last(Frame.Refused.class).problem().type()).isEqualTo(ProblemType.SESSION_NOT_FOUND);
        assertThat(ada.closeCode).isNull();
    }

    @Test
    void afterTheGracePeriodItHasEndedAndResumeSaysSo() {
        // Given
        world.time.advance(Duration.ofSeconds(5));
        ada.breaks(1006);
        world.time.advance(Duration.ofSeconds(31));
        RecordingSocket next = world.client(World.GATEWAY);
        // When
        next.says(World.resume(id, token));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(next.last(Frame.Ended.class).reason()).isEqualTo(EndReason.DISCONNECTED);
        assertThat(next.last(Frame.Ended.class).usedMillis()).isBetween(5_000L, 5_050L);
    }

    @Test
    void aClientsNormalCloseEndsTheSession() {
        // When
        ada.breaks(1000);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.broker.ended(id)).singleElement().satisfies(e -> assertThat(e.reason())
                .isEqualTo(EndReason.USER));
    }

    @Test
    void reconnectingAtAnyPaceEarnsNothing() {
        // Given
        RecordingSocket socket = ada;
        String next = token;
        long served = 0;
        // When
        for (int hop = 1; hop <= 200; hop++) {
            long pace = 37L * hop % 900 + 1;
            world.time.advance(Duration.ofMillis(pace));
            served += pace;
            socket.breaks(1006);
            world.time.advance(Duration.ofMillis(50));
            socket = world.client(World.GATEWAY);
            socket.says(World.resume(id, next));
            next += "'";
        }
        // Then: each return is stored first, and the 20 ms before the first look were served too
        assertThat(used()).isBetween(served - 200, served + 20);
    }

    @Test
    void aClientThatDoesNotDrainIsEndedAsTooSlow() {
        // Given
        ada.drains = false;
        // When
        world.credits.grant("ada", 1);
        world.time.advance(Duration.ofSeconds(12));
        // Then
        assertThat(ada.closeCode).isEqualTo(4008);
        assertThat(world.broker.ended(id)).singleElement().satisfies(e -> assertThat(e.reason())
                .isEqualTo(EndReason.TOO_SLOW));
    }

    private long used() {
        return Objects.requireNonNull(
                world.core().read(id).await().indefinitely().orElseThrow().usedMillis());
    }
}
