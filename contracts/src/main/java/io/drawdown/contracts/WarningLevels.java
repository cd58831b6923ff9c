package io.drawdown.contracts;

import java.util.List;

/** The levels at which an account is warned, in percent of the balance right after the last top-up. */
public final class WarningLevels {

    /** The greatest first. Each is crossed at most once per top-up, when the balance is at or below it. */
    public static final List<Integer> PERCENT = List.of(20, 10, 5);

    private WarningLevels() {}
}
