package io.drawdown.sessions.recovery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The living instances, of which each begins with other work: who is first acts at once, the next ones later, if it is still to
 * be done. It saves work, no more: what carries correctness is the guard of each write.
 */
record Team(List<String> members, String me) {

    private static final Duration STEP = Duration.ofSeconds(5);
    private static final int MOST_STEPS = 3;

    static Team of(String me, Collection<String> others) {
        TreeSet<String> members = new TreeSet<>(others);
        members.add(me);
        return new Team(List.copyOf(members), me);
    }

    /** How much longer than the first one this instance waits before it does the work of that name. */
    Duration delay(String work) {
        int first = Math.floorMod(work.hashCode(), members.size());
        int place = Math.floorMod(members.indexOf(me) - first, members.size());
        return STEP.multipliedBy(Math.min(place, MOST_STEPS));
    }
}
