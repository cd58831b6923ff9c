package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.live.Phase.Away;
import io.drawdown.sessions.live.Phase.Closing;
import io.drawdown.sessions.live.Phase.Conditions;
import io.drawdown.sessions.live.Phase.Open;
import io.drawdown.sessions.live.Phase.Paused;
import io.drawdown.sessions.live.Phase.Serving;
import io.drawdown.sessions.live.Phase.Stalled;
import io.drawdown.sessions.live.Phase.Waiting;
import io.drawdown.sessions.testing.DefaultSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every transition of a live session; ten minutes have passed since it began. */
class PhaseTest {

    private static final SessionsSettings SETTINGS = DefaultSettings.OF_ONE;
    private static final long NOW = Duration.ofMinutes(10).toNanos();
    private static final long FUNDED = 60_000;
    private static final MaximumDuration LONG = MaximumDuration.from(0, Duration.ofHours(1));

    /** The client was just heard, more is funded, and the lease is checked. */
    private static final Conditions GOOD = new Conditions(meter(0, NOW), false, LONG, SETTINGS);

    private static final Conditions SILENT = with(meter(0, NOW - Meter.SILENCE.toNanos()));
    private static final Conditions AT_LIMIT = with(meter(FUNDED, NOW));
    private static final Conditions UNCHECKED = new Conditions(meter(0, NOW), true, LONG, SETTINGS);
    private static final Conditions OVER =
            new Conditions(meter(0, NOW), false, MaximumDuration.from(0, Duration.ofMinutes(10)), SETTINGS);

    private static final List<Open> ALL =
            List.of(new Serving(), new Stalled(), new Waiting(NOW), new Away(NOW), new Paused(NOW));

    private static Meter meter(long usedMillis, long signNanos) {
        return new Meter(usedMillis * 1_000_000, new Limit(0, FUNDED), false, NOW, signNanos, LONG.lastNanos());
    }

    private static Conditions with(Meter meter) {
        return new Conditions(meter, false, LONG, SETTINGS);
    }

    private static Phase since(Duration ago, boolean isWaiting, Conditions now) {
        long since = NOW - ago.toNanos();
        return (isWaiting ? new Waiting(since) : new Away(since)).next(now);
    }

    @Test
    void servingGoesOnUntilSomethingForbidsIt() {
        // Given
        Open serving = new Serving();
        // Then
        assertThat(serving.next(GOOD)).isEqualTo(serving);
        assertThat(serving.next(SILENT)).isEqualTo(new Away(NOW));
        assertThat(serving.next(AT_LIMIT)).isEqualTo(new Waiting(NOW));
        assertThat(serving.next(UNCHECKED)).isEqualTo(new Stalled());
    }

    @Test
    void stalledServesAgainOnlyWithACheckedLease() {
        // Given
        Open stalled = new Stalled();
        // Then
        assertThat(stalled.next(UNCHECKED)).isEqualTo(stalled);
        assertThat(stalled.next(GOOD)).isEqualTo(new Serving());
        assertThat(stalled.next(SILENT)).isEqualTo(new Away(NOW));
        assertThat(stalled.next(AT_LIMIT)).isEqualTo(new Waiting(NOW));
    }

    @Test
    void waitingEndsWithFundsOrAsUnavailable() {
        // Given
        Duration almost = SETTINGS.unfundedAtMost().minusNanos(1);
        // Then
        assertThat(since(almost, true, AT_LIMIT)).isEqualTo(new Waiting(NOW - almost.toNanos()));
        assertThat(since(almost, true, GOOD)).isEqualTo(new Serving());
        assertThat(since(almost, true, UNCHECKED)).isEqualTo(new Stalled());
        assertThat(since(almost, true, SILENT)).isEqualTo(new Away(NOW));
        assertThat(since(SETTINGS.unfundedAtMost(), true, AT_LIMIT)).isEqualTo(new Closing(EndReason.UNAVAILABLE));
    }

    @Test
    void awayEndsWithTheClientOrTheGracePeriod() {
        // Given
        Duration almost = SETTINGS.gracePeriod().minusNanos(1);
        // Then
        assertThat(since(almost, false, GOOD)).isEqualTo(new Away(NOW - almost.toNanos()));
        assertThat(since(SETTINGS.gracePeriod(), false, GOOD)).isEqualTo(new Closing(EndReason.DISCONNECTED));
        assertThat(new Away(0).comeBack(GOOD)).isEqualTo(new Serving());
        assertThat(new Away(0).comeBack(AT_LIMIT)).isEqualTo(new Waiting(NOW));
        assertThat(new Away(0).comeBack(UNCHECKED)).isEqualTo(new Stalled());
    }

    @Test
    void aLostSocketStartsTheGracePeriodOnce() {
        // Then
        assertThat(new Serving().disconnect(GOOD)).isEqualTo(new Away(NOW));
        assertThat(new Away(7).disconnect(GOOD)).isEqualTo(new Away(7));
    }

    @Test
    void aPauseLastsForAWhileAtMostAndNeedsNoClient() {
        // Given
        Duration almost = SETTINGS.pausedAtMost().minusNanos(1);
        Open paused = new Paused(NOW - almost.toNanos());
        // Then
        assertThat(List.of(GOOD, SILENT, AT_LIMIT, UNCHECKED))
                .allSatisfy(now -> assertThat(paused.next(now)).isEqualTo(paused));
        assertThat(paused.disconnect(GOOD)).isEqualTo(paused);
        assertThat(new Paused(NOW - SETTINGS.pausedAtMost().toNanos()).next(GOOD))
                .isEqualTo(new Closing(EndReason.PAUSED_TOO_LONG));
    }

    @Test
    void everyPhaseCanBePausedOnce() {
        // Then
        assertThat(ALL).allSatisfy(phase -> assertThat(phase.pause(GOOD)).isEqualTo(new Paused(NOW)));
        assertThat(new Paused(7).pause(GOOD)).isEqualTo(new Paused(7));
    }

    @Test
    void afterAPauseTheSessionIsServedOnlyIfNothingForbidsIt() {
        // Given
        Paused paused = new Paused(7);
        // Then
        assertThat(paused.goOn(GOOD, true)).isEqualTo(new Serving());
        assertThat(paused.goOn(GOOD, false)).isEqualTo(new Away(NOW));
        assertThat(paused.goOn(SILENT, true)).isEqualTo(new Away(NOW));
        assertThat(paused.goOn(AT_LIMIT, true)).isEqualTo(new Waiting(NOW));
        assertThat(paused.goOn(UNCHECKED, true)).isEqualTo(new Stalled());
        assertThat(paused.goOn(OVER, true)).isEqualTo(new Closing(EndReason.MAXIMUM_DURATION));
    }

    @Test
    void everyPhaseEndsAtTheMaximumDuration() {
        // Then
        assertThat(ALL)
                .allSatisfy(phase -> assertThat(phase.next(OVER)).isEqualTo(new Closing(EndReason.MAXIMUM_DURATION)));
    }
}
