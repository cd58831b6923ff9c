package io.drawdown.simulator.owners;

import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.simulator.invariants.AccountInvariants;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.Table;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks the holds of these sessions: each session has one hold, which is released by the end that its last owner stored
 * and charged for that total.
 */
final class OwnerInvariants {

    private static final long MILLI = 1_000_000;

    private final Findings findings;
    private final AccountInvariants accounts;
    private final Table<Ownership> ownerships;
    private final Set<String> held = new TreeSet<>();
    private final Set<String> said = new TreeSet<>();

    OwnerInvariants(Findings findings, AccountInvariants accounts, Table<Ownership> ownerships) {
        this.findings = findings;
        this.accounts = accounts;
        this.ownerships = ownerships;
        accounts.whenEntered(this::entered);
    }

    private void entered(String account, Entry entry) {
        Hold hold = entry.hold();
        if (hold == null || !hold.id().startsWith(Owners.PREFIX)) {
            return;
        }
        if (entry.type() == EntryType.HELD) {
            findings.expect(held.add(hold.id()), "a session has one hold", () -> account + ": " + entry);
        }
        if (entry.type() == EntryType.RELEASED) {
            Ownership ownership = ownerships.committed(hold.id());
            findings.expect(
                    ownership != null && ownership.end() != null && ownership.epoch() == hold.epoch(),
                    "a hold is released only after its session has ended, in the epoch of that end",
                    () -> account + ": " + entry + ", " + ownership);
        }
    }

    /** Called when the broker has the event. */
    void published(Topic topic, CloudEvent event) {
        boolean isMine = event.subject().startsWith(Owners.PREFIX);
        if (topic.equals(Topic.SESSION_LIFECYCLE)
                && isMine
                && event.type().equals(SessionEvent.Type.ENDED.eventType())) {
            said.add(event.subject());
        }
    }

    /** Whether the broker has the end of the session. */
    boolean isEndPublished(String session) {
        return said.contains(session);
    }

    /** Checks a session at rest. */
    void checkAtRest(Ownership ownership, long servedNanos) {
        Ownership.End end = ownership.end();
        findings.expect(end != null, "when faults stop, every session ends", ownership::toString);
        if (end == null) {
            return;
        }
        List<Entry> entries = accounts.of(ownership.account()).entriesOf(ownership.session());
        Hold last = entries.isEmpty() ? null : entries.getLast().hold();
        long charged = last == null ? 0 : last.usedMillis();
        findings.expect(
                last == null || charged == end.totalMillis(),
                "a session is charged for its total",
                () -> ownership + " is settled to " + charged + " ms");
        findings.expect(
                end.totalMillis() * MILLI <= servedNanos,
                "nobody is charged for what was not served",
                () -> ownership + " was served for " + servedNanos / 1e9 + " s by all its owners");
    }
}
