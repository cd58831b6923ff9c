package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.kit.time.Time;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The media of one session and the meter on it. They start and stop together, and only here, so what is served and what
 * is counted are the same seconds.
 *
 * <p>The meter never counts more than the time between {@code serve} and {@code stop}: the media starts before the meter
 * and stops after it. The meter counts less if this process came late: if a timer for the limit, the silence or the last
 * moment rang late, if a sign of life overtook it, or after a gap above {@link Meter#GREATEST_GAP}. Within such a gap the
 * media delivered only until the process stalled, at most one tick. Within a shorter gap nobody can tell, so it counts as
 * served.
 */
final class MeteredMedia {

    private final String sessionId;
    private final Media media;
    private final Time time;
    private final MaximumDuration lifetime;
    private Meter meter;
    private long stoppedNanos;

    /** It neither serves nor counts yet, and goes on from what is settled; the client was just heard. */
    MeteredMedia(FundedStart start, Media media, Time time, Duration maximumDuration) {
        this.sessionId = start.document().id();
        this.media = media;
        this.time = time;
        long now = time.nanos();
        this.lifetime = MaximumDuration.from(bornNanos(start, now), maximumDuration);
        this.meter = Meter.stopped(Limit.of(start.hold()), now, lifetime.lastNanos())
                .from(start.hold().usedMillis());
        this.stoppedNanos = now;
    }

    /**
     * When it started, on the clock of this process. If another owner started it, by the time of the databases, but not
     * later than its total allows: a clock that was set back does not let it last longer.
     */
    private long bornNanos(FundedStart start, long now) {
        Duration age = start.isFirstOwner() ? Duration.ZERO : Duration.between(start.startedAt(), time.now());
        return now
                - Math.max(
                        age.toNanos(),
                        Duration.ofMillis(start.hold().usedMillis()).toNanos());
    }

    MaximumDuration lifetime() {
        return lifetime;
    }

    /** Counted up to now. */
    Meter meter() {
        meter = meter.tick(time.nanos());
        return meter;
    }

    /**
     * The phase until the client is attached.
     *
     * @param pausedAt since when the session is paused; null: it is not
     */
    Phase.Open firstPhase(@Nullable Instant pausedAt) {
        return pausedAt == null
                ? new Phase.Away(time.nanos())
                : new Phase.Paused(
                        time.nanos() - Duration.between(pausedAt, time.now()).toNanos());
    }

    void signOfLife() {
        meter = meter.signOfLife(time.nanos());
    }

    void fund(Limit limit) {
        meter = meter().fund(limit);
    }

    void serve() {
        if (!meter.serving()) {
            media.serve(sessionId);
            meter = meter.serve(time.nanos());
        }
    }

    void stop() {
        if (meter.serving()) {
            meter = meter.stop(time.nanos());
            stoppedNanos = meter.tickedNanos();
            media.stop(sessionId);
        }
    }

    /** The client is told of the end. */
    void ended(EndReason reason) {
        media.ended(sessionId, reason, Duration.ofNanos(time.nanos() - stoppedNanos));
    }
}
