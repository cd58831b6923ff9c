package io.drawdown.checkpoints.metering;

import io.drawdown.contracts.MeterReading;
import org.jspecify.annotations.Nullable;

/** The defects of readings that can never be applied. */
public final class ReadingDefects {

    private static final int LONGEST_ID = 64;

    private ReadingDefects() {}

    /** The first defect, or null. */
    public static @Nullable String of(MeterReading reading) {
        if (isNoId(reading.accountId())) {
            return "account_id has 1 to " + LONGEST_ID + " characters";
        }
        if (isNoId(reading.sessionId())) {
            return "session_id has 1 to " + LONGEST_ID + " characters";
        }
        if (reading.epoch() < 1) {
            return "epoch is at least 1";
        }
        return reading.usedMillis() < 0 ? "used_millis is not negative" : null;
    }

    private static boolean isNoId(String id) {
        return id.isEmpty() || id.length() > LONGEST_ID;
    }
}
