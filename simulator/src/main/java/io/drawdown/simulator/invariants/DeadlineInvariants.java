package io.drawdown.simulator.invariants;

import io.drawdown.contracts.EntryType;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.simulator.world.Findings;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that an instance hands no write over after the deadline of its request. */
public final class DeadlineInvariants {

    private final AccountInvariants accounts;
    private final Findings findings;
    private final Map<Name, Instant> latest = new HashMap<>();

    private record Name(String account, String key) {}

    public DeadlineInvariants(AccountInvariants accounts, Findings findings) {
        this.accounts = accounts;
        this.findings = findings;
    }

    /** The instance is asked, perhaps again, for the operation with this key. A deadline of null means: at any time. */
    public void asked(String account, String keyHash, @Nullable Instant deadline) {
        Instant until = deadline == null ? Instant.MAX : deadline;
        latest.merge(new Name(account, keyHash), until, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** The instance hands this document to its database, at this time of its clock. A key may be put out of use at any time. */
    public void handed(Account document, Instant now) {
        AccountStates truth = accounts.of(document.id());
        for (Entry entry : document.outbox().entries()) {
            String key = entry.keyHash();
            Instant until = key == null ? null : latest.get(new Name(document.id(), key));
            boolean isVoid = entry.type() == EntryType.VOIDED;
            if (key != null && until != null && !isVoid && truth.seqOf(key) == null) {
                findings.expect(
                        !now.isAfter(until),
                        "no write is handed over after the deadline of its request",
                        () -> document.id() + " at " + now + ", asked for until " + until + ": " + entry);
            }
        }
    }
}
