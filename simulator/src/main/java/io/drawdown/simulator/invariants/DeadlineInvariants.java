package io.drawdown.simulator.invariants;

import io.drawdown.contracts.EntryType;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.simulator.world.Findings;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Until when one instance may hand over what was asked of it. */
public final class DeadlineInvariants {

    private final AccountInvariants accounts;
    private final Findings findings;
    private final Map<Name, Instant> latest = new HashMap<>();

    private record Name(String account, String key) {}

    public DeadlineInvariants(AccountInvariants accounts, Findings findings) {
        this.accounts = accounts;
        this.findings = findings;
    }

    /** It is asked for what has this key, perhaps again; null: at any time. */
    public void asked(String account, String keyHash, @Nullable Instant deadline) {
        Instant until = deadline == null ? Instant.MAX : deadline;
        latest.merge(new Name(account, keyHash), until, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** It hands that to its database, at that time of its clock. Whoever takes a key out of use does it at any time. */
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
