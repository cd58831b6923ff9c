package io.drawdown.billing.run.engine;

import io.drawdown.kit.time.Time;
import java.util.random.RandomGenerator;

/** The ids of runs. They begin with the time, so the order of the ids is that of the runs. */
public final class RunIds {

    /** Every id has this form. */
    public static final String FORM = "run_[0-9a-z]{26}";

    private static final String BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME_CHARACTERS = 10;
    private static final int RANDOM_CHARACTERS = 12;
    private static final int MORE_CHARACTERS = 4;

    private final Time time;
    private final RandomGenerator random;

    RunIds(Time time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    String next() {
        StringBuilder id = new StringBuilder("run_");
        append(id, time.now().toEpochMilli(), TIME_CHARACTERS);
        append(id, random.nextLong(), RANDOM_CHARACTERS);
        append(id, random.nextLong(), MORE_CHARACTERS);
        return id.toString();
    }

    private static void append(StringBuilder id, long value, int characters) {
        for (int shift = 5 * (characters - 1); shift >= 0; shift -= 5) {
            id.append(BASE_32.charAt((int) (value >>> shift) & 31));
        }
    }
}
