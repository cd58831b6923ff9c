package io.drawdown.credits.accounts;

import java.util.List;

/** Operations on one account that are decided together and go into one write. */
final class Group {

    final String accountId;
    /** Whether a remembered document may still be taken for the current one. */
    boolean mayPropose = true;
    /** Whether a write of this group may have happened, or may still happen, without our knowing. */
    boolean isUnknown;
    /** Whether a write of this group is under way. */
    boolean isWriting;

    int tries;
    private final List<Work> works;

    Group(String accountId, List<Work> works) {
        this.accountId = accountId;
        this.works = works;
        works.forEach(work -> work.joins(this));
    }

    boolean mayBeWritten() {
        return isUnknown || isWriting;
    }

    /** Those that nobody answered yet; one whose deadline passed was answered and is never written. */
    List<Work> open() {
        return works.stream().filter(work -> !work.isAnswered()).toList();
    }

    void failAll(Throwable fault) {
        open().forEach(work -> work.fail(fault));
    }
}
