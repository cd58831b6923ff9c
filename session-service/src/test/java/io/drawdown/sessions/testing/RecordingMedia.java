package io.drawdown.sessions.testing;

import io.drawdown.contracts.EndReason;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.sessions.live.Media;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How long each session was served: nothing while its process stalled, and nothing after it died. */
public final class RecordingMedia {

    /** What the core said out of turn. */
    public final List<String> oddities = new ArrayList<>();

    /** How long after the stop of its media each client was told of the end. */
    public final Map<String, Duration> told = new LinkedHashMap<>();

    /** How often the process stalled. */
    public int stalls;

    private final ManualTime time;
    private Media.@Nullable Listener listener;
    private final Set<String> served = new LinkedHashSet<>();
    private final Map<String, Duration> totals = new LinkedHashMap<>();
    private final Map<String, Duration> standing = new LinkedHashMap<>();
    private long countedNanos;
    private boolean delivers = true;

    RecordingMedia(ManualTime time) {
        this.time = time;
        this.countedNanos = time.nanos();
    }

    public boolean isServed(String sessionId) {
        return served.contains(sessionId);
    }

    public Duration served(String sessionId) {
        count();
        return totals.getOrDefault(sessionId, Duration.ZERO);
    }

    /** Of the time between {@code serve} and {@code stop}, what the process slept through. */
    public Duration stoodStill(String sessionId) {
        count();
        return standing.getOrDefault(sessionId, Duration.ZERO);
    }

    /** What is served to the client of this session stands still, or flows again. */
    public void stalls(String sessionId, boolean isStalled) {
        Media.Listener owner = Objects.requireNonNull(listener);
        if (isStalled) {
            owner.stalled(sessionId);
        } else {
            owner.flowing(sessionId);
        }
    }

    /** The port of one process; once that is dead it does nothing. */
    Media of(Dying process) {
        return new Media() {
            @Override
            public void listen(Listener owner) {
                listener = owner;
            }

            @Override
            public void serve(String sessionId) {
                if (process.isAlive()) {
                    began(sessionId);
                }
            }

            @Override
            public void stop(String sessionId) {
                if (process.isAlive()) {
                    stopped(sessionId);
                }
            }

            @Override
            public void ended(String sessionId, EndReason reason, Duration sinceStop) {
                told.put(sessionId, sinceStop);
            }
        };
    }

    private void began(String sessionId) {
        count();
        if (!served.add(sessionId)) {
            oddities.add("served twice: " + sessionId);
        }
    }

    private void stopped(String sessionId) {
        count();
        if (!served.remove(sessionId)) {
            oddities.add("stopped twice: " + sessionId);
        }
    }

    void standStill() {
        count();
        delivers = false;
        stalls++;
    }

    void goOn() {
        count();
        delivers = true;
    }

    void die() {
        count();
        served.clear();
    }

    private void count() {
        Duration passed = Duration.ofNanos(time.nanos() - countedNanos);
        countedNanos = time.nanos();
        Map<String, Duration> those = delivers ? totals : standing;
        served.forEach(id -> those.merge(id, passed, Duration::plus));
    }
}
