package io.drawdown.simulator.invariants;

import io.drawdown.contracts.EntryType;
import io.drawdown.credits.account.Asks;
import io.drawdown.credits.account.Entry;
import io.drawdown.simulator.world.Findings;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Checks that owners are not asked for what they hold more often than they can answer. */
public final class AskInvariants {

    private final Findings findings;
    private final Map<String, Instant> lastAsked = new HashMap<>();

    public AskInvariants(AccountInvariants accounts, Findings findings) {
        this.findings = findings;
        accounts.whenEntered(this::entered);
    }

    private void entered(String account, Entry entry) {
        if (entry.type() == EntryType.GIVE_BACK_ASKED) {
            Instant before = lastAsked.put(account, entry.at());
            findings.expect(
                    before == null || !entry.at().isBefore(before.plus(Asks.WITHIN)),
                    "the owners of an account are asked at most once a second",
                    () -> account + " at " + before + " and in " + entry);
        }
    }
}
