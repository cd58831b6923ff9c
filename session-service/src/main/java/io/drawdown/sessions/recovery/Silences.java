package io.drawdown.sessions.recovery;

import io.drawdown.kit.time.Time;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Since when nothing was heard of lost owners and of sessions that nobody owns, in time that this instance has watched.
 * Between two rounds little time counts: while this process slept, or could not reach the database, the others may have been
 * unable to give a sign of life too.
 */
final class Silences {

    /** Of each owner and of each unowned session one; the others have to wait. */
    private static final int MOST = 20_000;

    private final Time time;
    private final long mostPerRoundNanos;
    private final Map<String, Silence> byName = new LinkedHashMap<>();
    private long watchedNanos;
    private long roundNanos;

    /**
     * @param beat the greatest that was heard before it; only a greater one is a sign of life
     * @param sinceNanos of watched time
     * @param confirmedNanos when it was looked for a sign of life again, and there was none; null if it was not
     */
    record Silence(long beat, long sinceNanos, @Nullable Long confirmedNanos) {}

    Silences(Time time, Duration mostPerRound) {
        this.time = time;
        this.mostPerRoundNanos = mostPerRound.toNanos();
        this.roundNanos = time.nanos();
    }

    /** The time since the last round counts as watched, if it was not long. */
    void watch() {
        watchedNanos = watchedByNow();
        roundNanos = time.nanos();
    }

    /** What is seen late in a round has not been there since its beginning. */
    private long watchedByNow() {
        return watchedNanos + Math.min(time.nanos() - roundNanos, mostPerRoundNanos);
    }

    @Nullable
    Silence of(String name) {
        return byName.get(name);
    }

    /** From now on it is silent, and was at that beat before. */
    void begin(String name, long beat) {
        if (byName.size() < MOST || byName.containsKey(name)) {
            byName.put(name, new Silence(beat, watchedByNow(), null));
        }
    }

    /** Whether it has lasted for so long. */
    boolean isOver(Silence silence, Duration wait) {
        return watchedNanos - silence.sinceNanos() >= wait.toNanos();
    }

    /** Whether it was found to be silent, and lasted for so long after that. */
    boolean isConfirmed(Silence silence, Duration before) {
        Long confirmed = silence.confirmedNanos();
        return confirmed != null && watchedNanos - confirmed >= before.toNanos();
    }

    /** Nothing was heard by now either. */
    void confirm(String name) {
        byName.computeIfPresent(
                name, (same, silence) -> new Silence(silence.beat(), silence.sinceNanos(), watchedByNow()));
    }

    /** It begins anew, if there is one: nothing could be heard. */
    void restart(String name) {
        byName.computeIfPresent(name, (same, silence) -> new Silence(silence.beat(), watchedByNow(), null));
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    void forget(Collection<String> names) {
        byName.keySet().removeAll(names);
    }

    void keepOnly(Collection<String> names) {
        byName.keySet().retainAll(names);
    }

    void forgetAll() {
        byName.clear();
    }
}
