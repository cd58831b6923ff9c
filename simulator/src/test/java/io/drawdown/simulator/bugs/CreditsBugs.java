package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs in the rules of an account: holds, grants, keys, numbers. Those of its commits are in {@link CommitBugs}. */
final class CreditsBugs {

    private static final String HOLDS = "credits.rules.Holds";
    private static final String KEYS = "credits.decision.Keys";
    private static final String DRAFT = "credits.decision.Draft";

    /** Fails where a key is taken for new although nobody asked the ledger. */
    private static final String NOT_ASKED = """
            if (base.outbox().hasDrained()) {
                throw new IllegalStateException("a key was not looked up in the ledger");
            }""";

    private CreditsBugs() {}

    static List<SeededBug> all() {
        return List.of(
                lookForKeysInTheLedgerOnly(),
                lookForKeysInTheOutboxOnly(),
                skipTheEpochCheck(),
                takeAProofWithoutItsEpoch(),
                numberEventsByRev(),
                letAHoldExpire(),
                raiseOverdueOnce(),
                recreateAReleasedHold(),
                answerACancellationWithoutARow(),
                forgetACancellation(),
                expireReservedCredits(),
                chargeWholeIncrements(),
                takeAnotherOpeningForTheSame(),
                startWhatThePlanDoesNotInclude());
    }

    /** A repeated key whose row is not in the ledger yet has its effect twice. */
    private static SeededBug lookForKeysInTheLedgerOnly() {
        return new SeededBug(
                "look for keys in the ledger only",
                List.of(
                        new Edit(
                                KEYS,
                                "return draft.inOutbox(keyHash).or(() -> draft.inLedger(keyHash));",
                                "return draft.inLedger(keyHash);"),
                        new Edit(DRAFT, NOT_ASKED, ""),
                        new Edit(
                                "credits.commit.Committer",
                                ".filter(hash -> read.outbox().causedBy(hash).isEmpty())",
                                "")));
    }

    /** A repeated key whose entry has left the outbox has its effect twice. */
    private static SeededBug lookForKeysInTheOutboxOnly() {
        return new SeededBug(
                "look for keys in the outbox only",
                List.of(new Edit(
                        KEYS,
                        "return draft.inOutbox(keyHash).or(() -> draft.inLedger(keyHash));",
                        "return draft.inOutbox(keyHash);")));
    }

    /** A former owner's late total is charged, and its renewals are answered as if it were still the owner. */
    private static SeededBug skipTheEpochCheck() {
        return SeededBug.of("skip the epoch check", HOLDS, """
                if (command.epoch() != hold.epoch()) {
                    if (command.epoch() > hold.epoch()) {
                        draft.notice(Anomaly.FUTURE_EPOCH);
                    }
                    return answer(draft, Outcome.STALE, present);
                }""", "");
    }

    /** The total of an owner that was fenced long ago is charged to the session of a later one. */
    private static SeededBug takeAProofWithoutItsEpoch() {
        return SeededBug.of(
                "accept a proof without its epoch",
                HOLDS,
                "boolean isProof = command.epoch() > hold.epoch() && command.proofEpoch() == hold.epoch();",
                "boolean isProof = true;");
    }

    /** Several entries of one write share a number: their events have the same id, and the later view looks old. */
    private static SeededBug numberEventsByRev() {
        return new SeededBug(
                "number events by rev",
                List.of(
                        new Edit(
                                DRAFT, "balances.view(seq, thresholds),", "balances.view(base.rev() + 1, thresholds),"),
                        new Edit(
                                DRAFT,
                                "return balances().view(seq, thresholds);",
                                "return balances().view(base.rev() + 1, thresholds);"),
                        new Edit(
                                "credits.account.Account",
                                "return balancesAt(now).view(seq(), money.thresholds());",
                                "return balancesAt(now).view(rev, money.thresholds());")));
    }

    /** A session without reports for a while goes on, and its use from then on is free. */
    private static SeededBug letAHoldExpire() {
        return SeededBug.of("let a session's hold expire by the clock", HOLDS, """
                Hold raised = hold.withOverdueAt(draft.now().plus(AccountLimits.OVERDUE_AGAIN));
                draft.put(raised);
                draft.post(Posting.of(EntryType.OVERDUE, "nothing heard").hold(raised));""", """
                draft.remove(hold);
                draft.post(Posting.of(EntryType.RELEASED, "expired").hold(hold));
                io.drawdown.credits.decision.Expiry.collect(draft);""");
    }

    /** If the single event is missed, or the answer to it fails, the hold of an ended session stays for ever. */
    private static SeededBug raiseOverdueOnce() {
        return SeededBug.of(
                "raise overdue only once",
                HOLDS,
                "draft.now().plus(AccountLimits.OVERDUE_AGAIN)",
                "draft.now().plus(java.time.Duration.ofDays(365))");
    }

    /** A start that arrives again after the end reserves credits once more, under the key of the first one. */
    private static SeededBug recreateAReleasedHold() {
        return SeededBug.of("re-create a released hold", HOLDS, """
                if (Keys.used(draft, command.key().hash()).isPresent()) {
                    return answer(draft, Outcome.NO_HOLD, Optional.empty());
                }""", "");
    }

    /** A request with the key that is on its way arrives later and has its effect. */
    private static SeededBug answerACancellationWithoutARow() {
        return SeededBug.of(
                "answer a cancellation without a row",
                "credits.rules.Cancellations",
                "return draft.changed(new Posted(voided(draft, command.key().hash(), \"cancellation\"), false));",
                "return draft.unchanged(new Posted(voided(draft, command.key().hash(), \"cancellation\"), false));");
    }

    /** The void row is written, but a later request does not find its key. */
    private static SeededBug forgetACancellation() {
        return SeededBug.of("forget a cancellation", "credits.rules.Cancellations", ".key(Key.cancelled(keyHash))", "");
    }

    /** A grant expires under a hold, which then reserves credits that no longer exist. */
    private static SeededBug expireReservedCredits() {
        return SeededBug.of(
                "grant expiry that takes reserved credits",
                "credits.decision.Expiry",
                ".map(grant -> new Allocation(grant.id(), balances.free(grant)))",
                ".map(grant -> new Allocation(grant.id(), grant.remaining()))");
    }

    /** The last, begun increment of every session is free. */
    private static SeededBug chargeWholeIncrements() {
        return SeededBug.of(
                "charge whole increments only",
                "contracts.Rate",
                "return price.times(Math.ceilDiv(usedMillis, incrementMillis));",
                "return price.times(Math.floorDiv(usedMillis, incrementMillis));");
    }

    /** Two clients open one account, and the second one is told that its credits are on it. */
    private static SeededBug takeAnotherOpeningForTheSame() {
        return SeededBug.of(
                "take a different opening for a repeated one",
                "credits.rules.Grants",
                "account.opening().requestHash().equals(command.openingHash())",
                "true");
    }

    /** An account starts kinds of session that it did not pay for. */
    private static SeededBug startWhatThePlanDoesNotInclude() {
        return SeededBug.of(
                "start what the plan does not include",
                HOLDS,
                "if (!command.bounds().includedIn(draft.plan())) {",
                "if (false) {");
    }
}
