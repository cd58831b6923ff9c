package io.drawdown.embedded.stripe.store;

import java.time.Instant;
import java.time.InstantSource;
import org.h2.mvstore.MVMap;

/** The time of the stand-in: the machine's, moved by an offset or stopped. It survives a restart as it is. */
public final class StripeClock {

    private static final String OFFSET = "clock_offset_seconds";
    private static final String STOPPED_AT = "clock_stopped_at";

    private final InstantSource machine;
    private final MVMap<String, String> settings;

    public StripeClock(Store store) {
        this.machine = InstantSource.system();
        this.settings = store.map("settings");
    }

    public long now() {
        String stopped = settings.get(STOPPED_AT);
        return stopped == null ? machineSeconds() + offset() : Long.parseLong(stopped);
    }

    public long machineMillis() {
        return machine.millis();
    }

    public boolean isStopped() {
        return settings.containsKey(STOPPED_AT);
    }

    public void set(Instant time) {
        settings.put(OFFSET, Long.toString(time.getEpochSecond() - machineSeconds()));
        if (isStopped()) {
            settings.put(STOPPED_AT, Long.toString(time.getEpochSecond()));
        }
    }

    public void stop() {
        settings.put(STOPPED_AT, Long.toString(now()));
    }

    /** Goes on from the time at which it stopped. */
    public void go() {
        long now = now();
        settings.remove(STOPPED_AT);
        set(Instant.ofEpochSecond(now));
    }

    private long machineSeconds() {
        return machine.instant().getEpochSecond();
    }

    private long offset() {
        return Long.parseLong(settings.getOrDefault(OFFSET, "0"));
    }
}
