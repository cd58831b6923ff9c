package io.drawdown.credits.commit;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.decision.Anomaly;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.DecisionContext;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.rules.Rules;
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
record BatchDecision(@Nullable Account read, @Nullable Account next, List<Verdict> verdicts) {

    /** What one operation gets once the group is settled. */
    sealed interface Verdict {
        PendingCommand pending();
    }

    record Decided(PendingCommand pending, Reply reply, Set<Anomaly> notices) implements Verdict {}

    record FoundAt(PendingCommand pending, long seq) implements Verdict {}

    /** The rules failed on this operation, which must not harm the others. */
    record Failed(PendingCommand pending, RuntimeException fault) implements Verdict {}

    static BatchDecision of(@Nullable Account read, List<PendingCommand> works, DecisionContext context) {
        Account current = read;
        List<Verdict> verdicts = new ArrayList<>();
        for (PendingCommand pending : works) {
            try {
                switch (Rules.decide(current, pending.command, context)) {
                    case Decision.Changed changed -> {
                        current = changed.next();
                        verdicts.add(new Decided(pending, changed.reply(), changed.notices()));
                    }
                    case Decision.Unchanged same -> verdicts.add(new Decided(pending, same.reply(), same.notices()));
                    case Decision.Replayed replayed -> verdicts.add(new FoundAt(pending, replayed.seq()));
                }
            } catch (RuntimeException e) {
                verdicts.add(new Failed(pending, e));
            }
        }
        return new BatchDecision(read, current, verdicts);
    }

    boolean isChanged() {
        return next != read;
    }
}
