package io.drawdown.credits.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a group decided one after the other, each on what the one before it left. A pure function of the
 * document as it was read.
 *
 * @param read the document that was read; absent if there was none
 * @param next what is to be written; equal to {@code read} if nothing is
 */
record GroupDecision(@Nullable Account read, @Nullable Account next, List<Verdict> verdicts) {

    /** What one operation gets once the group is settled. */
    sealed interface Verdict {
        Work work();
    }

    record Decided(Work work, Reply reply, Set<Notice> notices) implements Verdict {}

    record FoundAt(Work work, long seq) implements Verdict {}

    /** The rules failed on this operation, which must not harm the others. */
    record Failed(Work work, RuntimeException fault) implements Verdict {}

    static GroupDecision of(@Nullable Account read, List<Work> works, Circumstances circumstances) {
        Account current = read;
        List<Verdict> verdicts = new ArrayList<>();
        for (Work work : works) {
            try {
                switch (Rules.decide(current, work.command, circumstances)) {
                    case Decision.Changed changed -> {
                        current = changed.next();
                        verdicts.add(new Decided(work, changed.reply(), changed.notices()));
                    }
                    case Decision.Unchanged same -> verdicts.add(new Decided(work, same.reply(), same.notices()));
                    case Decision.Replayed replayed -> verdicts.add(new FoundAt(work, replayed.seq()));
                }
            } catch (RuntimeException e) {
                verdicts.add(new Failed(work, e));
            }
        }
        return new GroupDecision(read, current, verdicts);
    }

    boolean isChanged() {
        return next != read;
    }
}
