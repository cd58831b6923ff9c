package io.drawdown.sessions.gateway;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.testing.GatewayClient;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Gateways that say nothing any more, and sessions that are paused. */
class SilenceTest {

    private final World world = new World();
    private final GatewayClient gateway = new GatewayClient(world, "ada", "call-1");

    private void started() {
        world.credits.grant("ada", 1_000);
        gateway.start();
    }

    @Test
    void sessionOfASilentGatewayEndsAtItsGreatestTotal() {
        // Given
        started();
        gateway.states(20_000).states(15_000);
        // When
        world.time.advance(Duration.ofSeconds(80));
        // Then
        assertThat(gateway.ended().reason()).isEqualTo(EndReason.DISCONNECTED);
        assertThat(gateway.ended().usedMillis()).isEqualTo(20_000);
        assertThat(world.credits.account("ada").available()).isEqualTo(Credits.of(980));
    }

    @Test
    void sessionIsNotEndedWithinTheMinute() {
        // Given
        started();
        gateway.states(20_000);
        // When
        world.time.advance(Duration.ofSeconds(58));
        // Then
        assertThat(gateway.reported().usedMillis()).isEqualTo(20_000);
    }

    @Test
    void sessionWhoseGatewaySpeaksLives() {
        // Given
        started();
        // When
        gateway.keepsStating(20_000, Duration.ofMinutes(5));
        // Then
        assertThat(gateway.reported().usedMillis()).isEqualTo(20_000);
    }

    @Test
    void sweepOfAnotherInstanceEndsIt() {
        // Given
        started();
        gateway.states(20_000);
        world.crash();
        world.restart();
        // When
        world.time.advance(Duration.ofSeconds(100));
        // Then
        assertThat(gateway.ended().usedMillis()).isEqualTo(20_000);
    }

    @Test
    void nobodyIsSilentBecauseTheServiceWasAway() {
        // Given
        started();
        gateway.states(20_000);
        world.crash();
        world.time.advance(Duration.ofMinutes(5));
        world.restart();
        world.time.advance(Duration.ofSeconds(20));
        // When
        gateway.keepsStating(21_000, Duration.ofMinutes(2));
        // Then
        assertThat(gateway.reported().usedMillis()).isEqualTo(21_000);
    }

    @Test
    void clockThatIsSetEndsNobodyWhoSpeaks() {
        // Given
        started();
        gateway.states(20_000);
        // When
        world.time.stepClock(Duration.ofHours(1));
        gateway.keepsStating(21_000, Duration.ofMinutes(2));
        // Then
        assertThat(gateway.reported().usedMillis()).isEqualTo(21_000);
    }

    @Test
    void pausedSessionIsHeardTooAndGoesOn() {
        // Given
        started();
        gateway.pauses(20_000);
        assertThat(gateway.view().pausedAt()).isNotNull();
        assertThat(gateway.view().endsAt()).isNull();
        gateway.keepsStating(20_000, Duration.ofMinutes(9));
        // When
        gateway.resumes(20_000);
        // Then
        assertThat(gateway.view().pausedAt()).isNull();
        assertThat(gateway.view().endsAt()).isNotNull();
        assertThat(gateway.ends(25_000).view().billedMillis()).isEqualTo(25_000);
    }

    @Test
    void pauseOfMoreThanTenMinutesEndsIt() {
        // Given
        started();
        gateway.pauses(20_000);
        // When
        gateway.keepsStating(20_000, Duration.ofMinutes(11));
        // Then
        assertThat(gateway.ended().reason()).isEqualTo(EndReason.PAUSED_TOO_LONG);
        assertThat(gateway.ended().usedMillis()).isEqualTo(20_000);
    }

    @Test
    void pauseThatIsSaidAgainBeginsOnce() {
        // Given
        started();
        Instant since = gateway.pauses(20_000).view().pausedAt();
        world.time.advance(Duration.ofSeconds(20));
        // When
        gateway.pauses(20_000);
        // Then
        assertThat(gateway.view().pausedAt()).isEqualTo(since);
    }

    @Test
    void silentPausedSessionEndsToo() {
        // Given
        started();
        gateway.pauses(20_000);
        // When
        world.time.advance(Duration.ofSeconds(80));
        // Then
        assertThat(gateway.ended().reason()).isEqualTo(EndReason.DISCONNECTED);
    }

    @Test
    void onlySilenceThatThisProcessSawCounts() {
        // Given
        SilenceWatch watch = new SilenceWatch(Duration.ofSeconds(20));
        Instant heard = Instant.parse("2026-01-01T00:00:00Z");
        long second = 1_000_000_000;
        // When
        Duration first = watch.look("a", heard, 0);
        Duration next = watch.look("a", heard, 10 * second);
        Duration afterASleep = watch.look("a", heard, 500 * second);
        Duration heardAgain = watch.look("a", heard.plusSeconds(1), 501 * second);
        // Then
        assertThat(first).isZero();
        assertThat(next).isEqualTo(Duration.ofSeconds(10));
        assertThat(afterASleep).isEqualTo(Duration.ofSeconds(30));
        assertThat(heardAgain).isZero();
    }
}
