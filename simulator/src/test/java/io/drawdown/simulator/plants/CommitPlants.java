package io.drawdown.simulator.plants;

import java.util.List;

/** Bugs in how an account's document is read, decided on, written and answered from. */
final class CommitPlants {

    private static final String ACCOUNTS = "credits-service/src/main/java/io/drawdown/credits/accounts/";
    private static final String COMMITTER = ACCOUNTS + "Committer.java";

    private CommitPlants() {}

    static List<Plant> all() {
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

    /** Of two writers the later one wins without looking: what the other one did is undone. */
    private static Plant dropTheRevGuard() {
        return Plant.of(
                "drop the rev guard",
                "simulator/src/main/java/io/drawdown/simulator/credits/SimulatedAccounts.java",
                "return present != null && present.rev() == rev;",
                "return present != null;");
    }

    /** Asked once, before the first read: by the last read another instance has used the key and its ring has let go of it. */
    private static Plant lookAKeyUpFirst() {
        return new Plant(
                "look a key up before reading the account",
                List.of(
                        new Edit(ACCOUNTS + "Group.java", "int tries;", """
                                java.util.@org.jspecify.annotations.Nullable Map<String, java.util.Optional<Entry>> keys;
                                int tries;"""),
                        new Edit(COMMITTER, """
                                return read(group).flatMap(reading -> decide(group, reading)
                                        .flatMap(decision -> decision.isPresent()
                                                ? write(group, reading, decision.get())
                                                : again(group)));""", """
                                return lookUp(group).flatMap(keys -> read(group).flatMap(reading -> {
                                    Account read = reading.account() == null
                                            ? null
                                            : answers.undrained(reading.account());
                                    Circumstances all = new Circumstances(reading.now(), terms, keys);
                                    return write(group, reading, GroupDecision.of(read, group.open(), all));
                                }));"""),
                        new Edit(COMMITTER, "private Uni<Map<String, Optional<Entry>>> lookUp(", """
                                private Uni<Map<String, Optional<Entry>>> lookUp(Group group) {
                                    return group.keys == null
                                            ? lookUp(group, null).invoke(found -> group.keys = found)
                                            : Uni.createFrom().item(group.keys);
                                }

                                private Uni<Map<String, Optional<Entry>>> lookUp("""),
                        new Edit(COMMITTER, """
                                if (read == null || !read.keysEvicted()) {
                                    return Uni.createFrom().item(Map.of());
                                }""", ""),
                        new Edit(COMMITTER, """
                                .filter(hash -> read.recentKeys().stream()
                                        .noneMatch(recent -> recent.keyHash().equals(hash)))""", ""),
                        new Edit(
                                ACCOUNTS + "Keys.java",
                                "startKey == null || account.hold(release.sessionId()).isPresent()",
                                "startKey == null"),
                        new Edit(COMMITTER, "history.byKey(read.id(), hash)", "history.byKey(group.accountId, hash)")));
    }

    /** A bulk write says how many, not who: operations of one that lost are answered as done. */
    private static Plant trustABulkCount() {
        return Plant.of(
                "trust a bulk write's count",
                ACCOUNTS + "BulkCommitter.java",
                ".flatMap(matched -> matched == proposals.size() ? committed(proposals) : sortOut(proposals))",
                """
                .flatMap(matched -> committed(proposals.subList(0, matched.intValue()))
                        .flatMap(ignored -> lost(proposals.subList(matched.intValue(), proposals.size()))))""");
    }

    /** Somebody else opened the account: this opening is answered as done, its grants go to the ledger and nowhere else. */
    private static Plant duplicateKeyMeansDone() {
        return Plant.of(
                "duplicate key means done",
                COMMITTER,
                "? store.insert(next)",
                "? store.insert(next).replaceWith(true)");
    }

    /** A top-up at the other instance is not seen: what it would pay for is refused. */
    private static Plant refuseFromTheCache() {
        return Plant.of("refuse from a cached read", COMMITTER, "if (!reading.isFresh()) {", """
                boolean isRefusal = decision.verdicts().stream()
                        .allMatch(each -> each instanceof GroupDecision.Decided decided
                                && decided.reply() instanceof Reply.Refused);
                if (!reading.isFresh() && !isRefusal) {""");
    }

    /** What the other instance changed is not seen: something is left undone that was to be done, or a state told that is past. */
    private static Plant nothingToDoFromTheCache() {
        return Plant.of("answer \"nothing to do\" from a cached read", COMMITTER, "if (!reading.isFresh()) {", """
                boolean isNothingToDo = decision.verdicts().stream()
                        .allMatch(each -> each instanceof GroupDecision.Decided decided
                                && !(decided.reply() instanceof Reply.Refused));
                if (!reading.isFresh() && !isNothingToDo) {""");
    }

    /** A refusal counts on a charge of its group which then loses its race and never happens. */
    private static Plant refuseBeforeTheCommit() {
        return Plant.of(
                "refuse from a group that is not committed",
                COMMITTER,
                "Account next = toWrite(decision);\nUni<Boolean>",
                """
                for (GroupDecision.Verdict verdict : decision.verdicts()) {
                    if (verdict instanceof GroupDecision.Decided decided
                            && decided.reply() instanceof Reply.Refused refused) {
                        decided.work().answer(refused);
                    }
                }
                Account next = toWrite(decision);
                Uni<Boolean>""");
    }

    /** Credits expire while the read is under way, and a top-up comes: each moment had enough, the answer says otherwise. */
    private static Plant nowAfterTheRead() {
        return Plant.of(
                "take now after the read",
                COMMITTER,
                "new Reading(found.orElse(null), now, true)",
                "new Reading(found.orElse(null), time.now(), true)");
    }

    /** The answer of a write was lost; that nothing more can be learned is taken for "it did not happen". */
    private static Plant denyWhatMayHaveBeenWritten() {
        return Plant.of(
                "say \"unavailable\" of a write whose answer was lost",
                "kit/src/main/java/io/drawdown/kit/store/HandedWrites.java",
                "if (mayHaveHappened()) {",
                "if (false) {");
    }
}
