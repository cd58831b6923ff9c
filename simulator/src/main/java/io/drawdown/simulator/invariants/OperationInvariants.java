package io.drawdown.simulator.invariants;

import io.drawdown.contracts.EntryType;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.ledger.Operation;
import io.drawdown.simulator.invariants.AccountStates.Window;
import io.drawdown.simulator.world.Findings;
import java.util.HashSet;
import java.util.Set;

/** Checks that an outcome that was told stays the outcome. */
public final class OperationInvariants {

    private final AccountInvariants accounts;
    private final Findings findings;
    private final Set<Name> cancelled = new HashSet<>();

    private record Name(String account, String key) {}

    public OperationInvariants(AccountInvariants accounts, Findings findings) {
        this.accounts = accounts;
        this.findings = findings;
        accounts.whenEntered(this::entered);
    }

    /** A client was told that the operation is cancelled. */
    public void cancelled(String account, String keyHash) {
        cancelled.add(new Name(account, keyHash));
        Long seq = accounts.of(account).seqOf(keyHash);
        findings.expect(
                seq != null && accounts.of(account).entry(seq).type() == EntryType.VOIDED,
                "an operation that was answered as cancelled never has an effect",
                () -> keyHash + " of " + account + " was cancelled, and stands as entry " + seq);
    }

    private void entered(String account, Entry entry) {
        findings.expect(
                entry.keyHash() == null || !cancelled.contains(new Name(account, entry.keyHash())),
                "an operation that was answered as cancelled never has an effect",
                () -> account + ": " + entry);
    }

    /** A client asked what became of the key. */
    public void check(String account, String keyHash, Window window, Operation operation) {
        AccountStates truth = accounts.of(account);
        Long seq = truth.seqOf(keyHash);
        boolean holds =
                switch (operation) {
                    case Operation.Done done -> isThere(truth, window, done.entry(), keyHash);
                    case Operation.Cancelled cancelled -> isThere(truth, window, cancelled.entry(), keyHash);
                    case Operation.Open open -> seq == null || truth.committedAt(seq) >= window.askedNanos();
                };
        findings.expect(
                holds,
                "an answer was true at some moment between request and answer",
                () -> "the outcome of " + keyHash + " of " + account + " was shown as " + operation);
    }

    private static boolean isThere(AccountStates truth, Window window, Entry entry, String keyHash) {
        return entry.seq() <= truth.entries()
                && truth.entry(entry.seq()).equals(entry)
                && truth.committedAt(entry.seq()) <= window.answeredNanos()
                && keyHash.equals(entry.keyHash());
    }
}
