package io.drawdown.e2e;

import java.util.concurrent.TimeUnit;

/**
 * How long a client was served, by its own clock, and what was counted.
 *
 * @param heardMillis from each {@code started} or {@code resumed} to the next {@code restarting} or {@code ended}; an owner
 *     serves no more when it begins to write its hand-over or the end, and tells so when that is written
 * @param possibleMillis the same from the moment at which it began to connect: it was not served for longer
 * @param times how often it began to be served
 * @param knowsPauses whether it heard of every time at which it was not served
 */
record ServedTime(long heardMillis, long possibleMillis, long usedMillis, int times, boolean knowsPauses) {

    /** Of one whose session is over. */
    static ServedTime of(PersistentClient client) {
        long heard = 0;
        long possible = 0;
        long since = 0;
        long connected = 0;
        int times = 0;
        boolean knowsPauses = !client.saw("unfunded");
        for (PersistentClient.Seen seen : client.seen()) {
            if (seen.is("started") || seen.is("resumed")) {
                knowsPauses &= since == 0;
                connected = since == 0 ? client.connectingBefore(seen.nanos()) : connected;
                since = since == 0 ? seen.nanos() : since;
                times++;
            } else if ((seen.is("restarting") || seen.is("ended")) && since != 0) {
                heard += seen.nanos() - since;
                possible += seen.nanos() - connected;
                since = 0;
            }
        }
        long usedMillis =
                client.seen("ended").getLast().frame().path("used_millis").asLong();
        return new ServedTime(millis(heard), millis(possible), usedMillis, times, knowsPauses);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
