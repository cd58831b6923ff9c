package io.drawdown.bench;

import java.util.Locale;

/** What is measured. */
enum Suite {
    CORE,
    SESSIONS,
    CYCLE,
    STORE,
    TASKS,
    BATCH,
    ALL;

    boolean has(Suite part) {
        return this == part || this == ALL;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
