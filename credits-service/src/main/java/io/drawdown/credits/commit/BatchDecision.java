package io.drawdown.credits.commit;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.decision.Anomaly;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.DecisionContext;
import io.drawdown.credits.decision.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a batch decided one after the other, each on what the one before it left. A pure function of the
 * document as it was read.
 *
 * @param read the document that was read; absent if there was none
 * @param next what is to be written; the same object as {@code read} if nothing is
 */
record BatchDecision(@Nullable Account read, @Nullable Account next, List<Verdict> verdicts) {

    /** What one command gets once the batch is committed. */
    sealed interface Verdict {
        PendingCommand<?> pending();
    }

    record Decided<R>(PendingCommand<R> pending, Reply<R> reply, Set<Anomaly> anomalies) implements Verdict {
        void answer() {
            pending.answer(reply);
        }
    }

    /** The rules failed on this command, which must not harm the others. */
    record Failed(PendingCommand<?> pending, RuntimeException fault) implements Verdict {}

    static BatchDecision of(@Nullable Account read, List<PendingCommand<?>> commands, DecisionContext context) {
        Account current = read;
        List<Verdict> verdicts = new ArrayList<>();
        for (PendingCommand<?> pending : commands) {
            Step step = decide(current, pending, context);
            current = step.next();
            verdicts.add(step.verdict());
        }
        return new BatchDecision(read, current, verdicts);
    }

    private record Step(@Nullable Account next, Verdict verdict) {}

    private static <R> Step decide(@Nullable Account current, PendingCommand<R> pending, DecisionContext context) {
        try {
            return switch (pending.command().decide(current, context.causedBy(pending.trace()))) {
                case Decision.Changed<R> changed ->
                    new Step(
                            changed.next(),
                            new Decided<>(pending, new Reply.Done<>(changed.result()), changed.anomalies()));
                case Decision.Unchanged<R> same ->
                    new Step(current, new Decided<>(pending, same.reply(), same.anomalies()));
            };
        } catch (RuntimeException fault) {
            return new Step(current, new Failed(pending, fault));
        }
    }

    @SuppressWarnings("ReferenceEquality") // nothing was decided that changes it: it is the same object
    boolean isChanged() {
        return next != read;
    }
}
