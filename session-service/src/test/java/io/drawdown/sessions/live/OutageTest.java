package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An outage is not an exhausted balance. */
class OutageTest {

    private static final Duration OUTAGE = Duration.ofSeconds(90);

    private final World world = new World();

    @Test
    void withoutCreditsItWaitsAtItsLimitUnbilledAndGoesOnWithinTwoSeconds() {
        // Given
        world.credits.grant("ada", 500);
        RecordingSocket ada = world.start("ada", "k");
        world.time.advance(Duration.ofSeconds(30));
        // When
        world.credits.away = true;
        world.time.advance(OUTAGE);
        // Then
        assertThat(used(ada)).isEqualTo(60_000);
        assertThat(ada.all(Frame.Unfunded.class)).hasSize(1);
        assertThat(ada.all(Frame.Ended.class)).isEmpty();
        // When
        world.credits.away = false;
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(ada.all(Frame.Extended.class)).hasSize(1);
        assertThat(used(ada)).isGreaterThan(60_000);
    }

    @Test
    void aHangingCreditsServiceIsAskedAgainWithinTwoSecondsOfItsReturn() {
        // Given
        world.credits.grant("ada", 500);
        RecordingSocket ada = world.start("ada", "k");
        world.credits.latency = Duration.ofHours(1);
        world.time.advance(OUTAGE);
        assertThat(ada.all(Frame.Unfunded.class)).hasSize(1);
        // When
        world.credits.latency = Duration.ofMillis(3);
        world.time.advance(Duration.ofMillis(2_600));
        // Then
        assertThat(used(ada)).isGreaterThan(60_000);
    }

    @Test
    void withoutAnyStoreOrBrokerAFundedSessionRunsOn() {
        // Given
        world.credits.grant("ada", 500);
        RecordingSocket ada = world.start("ada", "k");
        // When
        world.sessions.away = true;
        world.incarnations.away = true;
        world.broker.away = true;
        world.time.advance(OUTAGE);
        // Then
        assertThat(used(ada)).isBetween(90_000L, 90_100L);
        assertThat(ada.closeCode).isNull();
        // When
        world.sessions.away = false;
        world.incarnations.away = false;
        world.broker.away = false;
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(world.broker.ended(world.id(ada))).hasSize(1);
    }

    @Test
    void nothingIsAnsweredAsInsufficientWhileCreditsServiceIsAway() {
        // Given
        world.credits.grant("ada", 20);
        RecordingSocket ada = world.start("ada", "k");
        // When
        world.credits.away = true;
        RecordingSocket bob = world.start("bob", "k");
        world.time.advance(OUTAGE);
        // Then
        assertThat(bob.closeCode).isEqualTo(1013);
        assertThat(ada.closeCode).isNull();
        // When
        world.credits.away = false;
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(ada.last(Frame.Ended.class).reason()).isEqualTo(EndReason.EXHAUSTED);
        assertThat(ada.last(Frame.Ended.class).usedMillis()).isEqualTo(20_000);
    }

    @Test
    void afterTenMinutesAtItsLimitItEndsAsUnavailable() {
        // Given
        world.credits.grant("ada", 500);
        RecordingSocket ada = world.start("ada", "k");
        // When
        world.credits.away = true;
        world.time.advance(Duration.ofSeconds(60 + 600 + 2));
        // Then
        assertThat(ada.last(Frame.Ended.class).reason()).isEqualTo(EndReason.UNAVAILABLE);
        assertThat(ada.last(Frame.Ended.class).usedMillis()).isEqualTo(60_000);
        assertThat(ada.closeCode).isEqualTo(1013);
    }

    @Test
    void anEventThatSaysFundedEndsTheWaitBeforeAnyAnswer() {
        // Given
        world.credits.grant("ada", 500);
        RecordingSocket ada = world.start("ada", "k");
        world.credits.away = true;
        world.time.advance(OUTAGE);
        // When
        world.credits.checkpoint("ada", world.id(ada), 1, 60_000);
        world.time.advance(Duration.ofMillis(100));
        // Then
        assertThat(used(ada)).isGreaterThan(60_000);
    }

    private long used(RecordingSocket client) {
        return world.core().read(world.id(client)).await().indefinitely().stream()
                .mapToLong(view -> view.usedMillis() == null ? -1 : view.usedMillis())
                .findAny()
                .orElse(-1);
    }
}
