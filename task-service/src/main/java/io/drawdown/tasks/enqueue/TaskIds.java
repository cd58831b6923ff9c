package io.drawdown.tasks.enqueue;

import io.drawdown.kit.idempotency.Digest;
import io.drawdown.kit.time.Time;
import java.util.random.RandomGenerator;

/**
 * The ids of tasks. One without an idempotency key begins with the time, so that tasks of one moment are in the order in which
 * they came, and indexes grow at their end.
 */
public final class TaskIds {

    public static final String PREFIX = "tsk_";

    /** Every id has this form. */
    public static final String FORM = "tsk_[0-9a-z]{26,32}";

    private static final String BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME_CHARACTERS = 10;
    private static final int COUNT_CHARACTERS = 4;
    private static final int RANDOM_CHARACTERS = 12;

    private final Time time;
    private final RandomGenerator random;
    private long latestMillis;
    private long count;

    public TaskIds(Time time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /** A new id, greater than those that this gave out before. */
    public String next() {
        long millis = time.now().toEpochMilli();
        count = millis > latestMillis ? 0 : count + 1;
        latestMillis = Math.max(millis, latestMillis);
        StringBuilder id = new StringBuilder(PREFIX);
        append(id, latestMillis, TIME_CHARACTERS);
        append(id, count, COUNT_CHARACTERS);
        append(id, random.nextLong(), RANDOM_CHARACTERS);
        return id.toString();
    }

    /**
     * The id of the task that this caller means by its idempotency key.
     *
     * @param item its place in a batch; 0 for a single task
     */
    public static String of(String subject, String route, String key, int item) {
        return PREFIX + Digest.of(subject, route, key, Integer.toString(item));
    }

    private static void append(StringBuilder id, long value, int characters) {
        for (int shift = 5 * (characters - 1); shift >= 0; shift -= 5) {
            id.append(BASE_32.charAt((int) (value >>> shift) & 31));
        }
    }
}
