package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs in how an account's document is read, decided on, written and answered from. */
final class CommitBugs {

    private static final String COMMITTER = "credits.commit.Committer";

    private CommitBugs() {}

    static List<SeededBug> all() {
        return List.of(
                dropTheRevGuard(),
                lookAKeyUpFirst(),
                trustABulkCount(),
                duplicateKeyMeansDone(),
                refuseFromTheCache(),
                nothingToDoFromTheCache(),
                refuseBeforeTheCommit(),
                nowAfterTheRead(),
                denyWhatMayHaveBeenWritten());
    }

    /** Of two writers the later one overwrites the other: the first write is undone. */
    private static SeededBug dropTheRevGuard() {
        return SeededBug.of(
                "drop the rev guard",
                "simulator.credits.SimulatedAccounts",
                "return present != null && present.rev() == rev;",
                "return present != null;");
    }

    /**
     * The ledger is asked once, before the first read. By the last read another instance has used the key, and its entry has
     * left the outbox.
     */
    private static SeededBug lookAKeyUpFirst() {
        return new SeededBug(
                "look a key up before reading the account",
                List.of(
                        new Edit("credits.commit.CommandBatch", "private int tries;", """
                                java.util.@org.jspecify.annotations.Nullable Map<String, java.util.Optional<io.drawdown.credits.account.Entry>> keys;
                                private int tries;"""),
                        new Edit(COMMITTER, """
                                return read(batch).flatMap(read -> prepareAndDecide(batch, read)
                                        .flatMap(decision -> decision.isPresent()
                                                ? write(batch, read, decision.get())
                                                : retryAfterLostRace(batch)));""", """
                                return lookUp(batch).flatMap(keys -> read(batch).flatMap(read -> {
                                    Account account = read.account() == null
                                            ? null
                                            : outbox.reconcile(read.account());
                                    DecisionContext all = new DecisionContext(read.now(), accountLimits, keys);
                                    return write(batch, read, BatchDecision.of(account, batch.open(), all));
                                }));"""),
                        new Edit(COMMITTER, "private Uni<Map<String, Optional<Entry>>> lookUp(", """
                                private Uni<Map<String, Optional<Entry>>> lookUp(CommandBatch batch) {
                                    return batch.keys == null
                                            ? lookUp(batch, null).invoke(found -> batch.keys = found)
                                            : Uni.createFrom().item(batch.keys);
                                }

                                private Uni<Map<String, Optional<Entry>>> lookUp("""),
                        new Edit(COMMITTER, """
                                if (read == null || !read.outbox().hasDrained()) {
                                    return Uni.createFrom().item(Map.of());
                                }""", ""),
                        new Edit(COMMITTER, ".filter(hash -> read.outbox().causedBy(hash).isEmpty())", ""),
                        new Edit(
                                "credits.rules.HoldReleases",
                                "startKey == null || account.hold(command.sessionId()).isPresent()",
                                "startKey == null"),
                        new Edit(COMMITTER, "ledger.byKey(read.id(), hash)", "ledger.byKey(batch.accountId(), hash)")));
    }

    /** A bulk write says how many won, not which: operations of a write that lost are answered as done. */
    private static SeededBug trustABulkCount() {
        return SeededBug.of(
                "trust a bulk write's count",
                "credits.commit.BulkCommitter",
                ".flatMap(matched -> matched == proposals.size() ? committed(proposals) : sortOut(proposals))",
                """
                .flatMap(matched -> committed(proposals.subList(0, matched.intValue()))
                        .flatMap(ignored -> lost(proposals.subList(matched.intValue(), proposals.size()))))""");
    }

    /** Another client opened the account, but this opening is answered as done; its grants reach only the ledger. */
    private static SeededBug duplicateKeyMeansDone() {
        return SeededBug.of(
                "treat a duplicate key as done",
                COMMITTER,
                "? store.insert(next)",
                "? store.insert(next).replaceWith(true)");
    }

    /** A top-up at the other instance is not seen, and a request that it would pay for is refused. */
    private static SeededBug refuseFromTheCache() {
        return SeededBug.of("refuse from a cached read", COMMITTER, "if (!read.isFresh()) {", """
                boolean isRefusal = decision.verdicts().stream()
                        .allMatch(each -> each instanceof BatchDecision.Decided<?> decided
                                && decided.reply() instanceof io.drawdown.credits.decision.Reply.Refused<?>);
                if (!read.isFresh() && !isRefusal) {""");
    }

    /** A change by the other instance is not seen: work is left undone, or an old state is answered. */
    private static SeededBug nothingToDoFromTheCache() {
        return SeededBug.of("answer \"nothing to do\" from a cached read", COMMITTER, "if (!read.isFresh()) {", """
                boolean isNothingToDo = decision.verdicts().stream()
                        .allMatch(each -> each instanceof BatchDecision.Decided<?> decided
                                && !(decided.reply() instanceof io.drawdown.credits.decision.Reply.Refused<?>));
                if (!read.isFresh() && !isNothingToDo) {""");
    }

    /** A refusal is based on a charge of its group that then loses its race and never happens. */
    private static SeededBug refuseBeforeTheCommit() {
        return SeededBug.of(
                "refuse from a group that is not committed",
                COMMITTER,
                "Account next = toWrite(decision);\nUni<Boolean>",
                """
                for (BatchDecision.Verdict verdict : decision.verdicts()) {
                    if (verdict instanceof BatchDecision.Decided<?> decided
                            && decided.reply() instanceof io.drawdown.credits.decision.Reply.Refused<?>) {
                        decided.answer();
                    }
                }
                Account next = toWrite(decision);
                Uni<Boolean>""");
    }

    /**
     * Credits expire during the read, and a top-up comes. At each moment there were enough credits, but the answer is a
     * refusal.
     */
    private static SeededBug nowAfterTheRead() {
        return SeededBug.of(
                "take the time after the read",
                COMMITTER,
                "new ReadAccount(found.orElse(null), now, true)",
                "new ReadAccount(found.orElse(null), time.now(), true)");
    }

    /**
     * The answer of a write was lost and nothing more can be learned, but the operation is answered as if it did not
     * happen.
     */
    private static SeededBug denyWhatMayHaveBeenWritten() {
        return SeededBug.of(
                "answer \"unavailable\" for a write whose answer was lost",
                "kit.store.HandedWrites",
                "if (mayHaveHappened()) {",
                "if (false) {");
    }
}
