package io.drawdown.credits.commit;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.decision.Anomaly;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.DecisionContext;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.rules.Command;
import java.time.Duration;
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

    /** If so many commands of one account wait, more that have a key do not: each is looked up and decided with every batch. */
    static final int MOST_WAITING = 32;

    /** What one command gets once the batch is committed. */
    sealed interface Verdict {
        PendingCommand<?> pending();
    }

    record Decided<R>(PendingCommand<R> pending, Reply<R> reply, Set<Anomaly> anomalies) implements Verdict {
        void answer() {
            pending.answer(reply);
        }
    }

    /** The command waits for credits and is decided again after this time at the latest. */
    record Waits(PendingCommand<?> pending, Duration lookAgain, Set<Anomaly> anomalies) implements Verdict {}

    /** The rules failed on this command, which must not harm the others. */
    record Failed(PendingCommand<?> pending, RuntimeException fault) implements Verdict {}

    static BatchDecision of(@Nullable Account read, List<PendingCommand<?>> commands, DecisionContext context) {
        Account current = read;
        List<Verdict> verdicts = new ArrayList<>();
        int waiting = 0;
        boolean isServed = false;
        for (PendingCommand<?> pending : commands) {
            boolean isRoom = waiting < MOST_WAITING || !(pending.command() instanceof Command.Keyed<?>);
            Step step = decide(current, pending, context.of(pending.trace(), pending.turn(waiting > 0, isRoom)));
            isServed |= pending.hasWaited() && isAnother(step.next(), current);
            current = step.next();
            verdicts.add(step.verdict());
            waiting += step.verdict() instanceof Waits ? 1 : 0;
        }
        return new BatchDecision(read, isServed && waiting == 0 ? closed(current) : current, verdicts);
    }

    @SuppressWarnings("ReferenceEquality") // nothing was decided that changes it: it is the same object
    private static boolean isAnother(@Nullable Account next, @Nullable Account current) {
        return next != current;
    }

    /** Who waited has what it waited for, and nobody else waits here: sessions are refilled again. */
    private static @Nullable Account closed(@Nullable Account current) {
        return current == null ? null : current.withAsksClosed();
    }

    private record Step(@Nullable Account next, Verdict verdict) {}

    private static <R> Step decide(@Nullable Account current, PendingCommand<R> pending, DecisionContext context) {
        try {
            return switch (pending.command().decide(current, context)) {
                case Decision.Changed<R> changed ->
                    new Step(
                            changed.next(),
                            new Decided<>(pending, new Reply.Done<>(changed.result()), changed.anomalies()));
                case Decision.Unchanged<R> same ->
                    new Step(current, new Decided<>(pending, same.reply(), same.anomalies()));
                case Decision.Waiting<R> waiting ->
                    new Step(waiting.next(), new Waits(pending, waiting.lookAgain(), waiting.anomalies()));
            };
        } catch (RuntimeException fault) {
            return new Step(current, new Failed(pending, fault));
        }
    }

    boolean isChanged() {
        return isAnother(next, read);
    }
}
