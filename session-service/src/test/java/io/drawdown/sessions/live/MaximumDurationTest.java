package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.document.SessionState;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.DefaultSettings;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A session lasts as long as one may, to the millisecond, and says so before. */
class MaximumDurationTest {

    @ParameterizedTest
    @ValueSource(ints = {90_000, 90_001, 90_250, 90_499, 90_660})
    void isServedAndCountedExactly(int millis) {
        // Given
        World world = world(Duration.ofMillis(millis));
        RecordingSocket ada = world.start("ada", "k");
        // When
        world.time.advance(Duration.ofMinutes(2));
        // Then
        Frame.Ended ended = ada.last(Frame.Ended.class);
        assertThat(ended.reason()).isEqualTo(EndReason.MAXIMUM_DURATION);
        assertThat(ended.usedMillis()).isEqualTo(millis);
        assertThat(world.media.served(ended.sessionId())).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void endIsAnnouncedAMinuteBefore() {
        // Given
        World world = world(Duration.ofSeconds(90));
        RecordingSocket ada = world.start("ada", "k");
        world.time.advance(Duration.ofMillis(29_900));
        assertThat(ada.all(Frame.Ending.class)).isEmpty();
        // When
        world.time.advance(Duration.ofMillis(200));
        // Then
        Frame.Ending ending = ada.last(Frame.Ending.class);
        assertThat(ending.reason()).isEqualTo(EndReason.MAXIMUM_DURATION);
        assertThat(ending.endsInMillis()).isEqualTo(60_000);
        world.time.advance(Duration.ofSeconds(30));
        assertThat(ada.all(Frame.Ending.class)).hasSize(1);
    }

    @Test
    void endIsAnnouncedAtOnceIfTheMaximumIsShort() {
        // Given
        World world = world(Duration.ofSeconds(20));
        // When
        RecordingSocket ada = world.start("ada", "k");
        // Then
        assertThat(ada.last(Frame.Ending.class).endsInMillis()).isBetween(19_900L, 20_000L);
    }

    @Test
    void endIsAnnouncedAgainToAClientThatComesBack() {
        // Given
        World world = world(Duration.ofSeconds(20));
        RecordingSocket first = world.start("ada", "k");
        String token = first.last(Frame.Started.class).session().resumeToken();
        first.breaks(1006);
        RecordingSocket second = world.client(World.GATEWAY);
        // When
        second.says(World.resume(world.id(first), token));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(second.all(Frame.Ending.class)).hasSize(1);
    }

    @Test
    void sessionIsOverAtThatMomentEvenIfItsClientIsAway() {
        // Given
        World world = world(Duration.ofMillis(20_250));
        RecordingSocket ada = world.start("ada", "k");
        String id = world.id(ada);
        world.time.advance(Duration.ofSeconds(5));
        ada.breaks(1006);
        // When
        world.time.advance(Duration.ofMillis(15_260));
        // Then
        SessionState state = world.sessions.one(id).state();
        assertThat(state).isInstanceOf(SessionState.Ended.class);
        assertThat(((SessionState.Ended) state).reason()).isEqualTo(EndReason.MAXIMUM_DURATION);
    }

    @Test
    void nothingBeyondTheMaximumCountsWhenTheTimerRingsLate() {
        // Given
        World world = world(Duration.ofSeconds(20));
        RecordingSocket ada = world.start("ada", "k");
        world.time.advance(Duration.ofSeconds(19));
        // When
        world.sleep(Duration.ofMillis(1_400));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        Frame.Ended ended = Objects.requireNonNull(ada.last(Frame.Ended.class));
        assertThat(ended.usedMillis()).isEqualTo(20_000);
    }

    private static World world(Duration maximum) {
        SessionsSettings usual = DefaultSettings.OF_ONE;
        World world = new World(new SessionsSettings(
                usual.instance(),
                usual.partitions(),
                usual.gracePeriod(),
                maximum,
                usual.unfundedAtMost(),
                usual.pausedAtMost(),
                usual.sessions(),
                usual.connections()));
        world.credits.grant("ada", 1_000);
        return world;
    }
}
