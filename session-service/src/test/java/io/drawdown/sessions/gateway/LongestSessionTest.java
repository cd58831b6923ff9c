package io.drawdown.sessions.gateway;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.testing.DefaultSettings;
import io.drawdown.sessions.testing.GatewayClient;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway's session may last no longer than any other: neither its funding nor its total goes beyond that. */
class LongestSessionTest {

    private static final Duration MOST = Duration.ofMillis(90_500);

    private final World world = new World(withMost());
    private final GatewayClient gateway = started();

    private static SessionsSettings withMost() {
        SessionsSettings usual = DefaultSettings.OF_ONE;
        return new SessionsSettings(
                usual.instance(),
                usual.partitions(),
                usual.gracePeriod(),
                MOST,
                usual.unfundedAtMost(),
                usual.pausedAtMost(),
                usual.sessions(),
                usual.connections());
    }

    private GatewayClient started() {
        world.credits.grant("ada", 500);
        return new GatewayClient(world, "ada", "call-1").start();
    }

    @Test
    void theFundingThatIsToldEndsWhereTheSessionHasLastedLongEnough() {
        // When
        gateway.states(40_000);
        // Then
        assertThat(Objects.requireNonNull(world.credits.account("ada").hold(gateway.id()))
                        .fundedMillis())
                .isGreaterThan(100_000);
        assertThat(gateway.view().fundedMillis()).isEqualTo(90_500);
        assertThat(gateway.view().endsAt())
                .isEqualTo(gateway.reported().heardAt().plusMillis(50_500));
    }

    @Test
    void itIsToldToEndWhenItHasLastedLongEnoughHoweverLittleItUsed() {
        // Given
        gateway.keepsStating(10_000, Duration.ofSeconds(60));
        // When
        gateway.states(20_000);
        // Then
        assertThat(gateway.view().endsAt())
                .isEqualTo(Objects.requireNonNull(gateway.view().startedAt()).plus(MOST));
    }

    @Test
    void aTotalBeyondThatEndsItAndIsNotCharged() {
        // Given
        gateway.states(40_000);
        // When
        gateway.states(95_000);
        // Then
        assertThat(gateway.view(95_000).reason()).isEqualTo(EndReason.MAXIMUM_DURATION);
        assertThat(gateway.ended().usedMillis()).isEqualTo(90_500);
        assertThat(gateway.view(95_000).unbilledMillis()).isEqualTo(4_500);
        assertThat(world.credits.account("ada").balance).isEqualTo(Credits.of(409));
    }

    @Test
    void noEndChargesMore() {
        // Given
        gateway.states(40_000);
        // When
        gateway.ends(95_000);
        // Then
        assertThat(gateway.ended().usedMillis()).isEqualTo(90_500);
        assertThat(gateway.ended().reason()).isEqualTo(EndReason.MAXIMUM_DURATION);
    }
}
