package io.drawdown.credits.accounts;

import io.drawdown.kit.store.HandedWrites;
import io.drawdown.kit.time.Time;
import java.util.List;

/** Operations on one account that are decided together and go into one write. */
final class Group {

    final String accountId;
    /** Whether a remembered document may still be taken for the current one. */
    boolean mayPropose = true;
    /** Its writes of which nobody knows whether they happened. */
    final HandedWrites handed = new HandedWrites();

    int tries;
    private final List<Work> works;

    Group(String accountId, List<Work> works) {
        this.accountId = accountId;
        this.works = works;
        works.forEach(work -> work.joins(this));
    }

    /** Whoever is late by now is answered, and in no write from now on. */
    void dropLate(Time time) {
        for (Work work : works) {
            if (work.isLate(time)) {
                work.failLate();
            }
        }
    }

    /** Those that nobody answered yet; one whose deadline passed was answered and is never written. */
    List<Work> open() {
        return works.stream().filter(work -> !work.isAnswered()).toList();
    }

    void failAll(Throwable fault) {
        open().forEach(work -> work.fail(fault));
    }
}
