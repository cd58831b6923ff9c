package io.drawdown.simulator.invariants;

import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Grant;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.simulator.world.Findings;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

import static java.time.temporal.ChronoUnit.MILLIS;

/** Checks that granted credits have the terms that were asked for. */
public final class GrantInvariants {

    /** Refusals for want of room. A payment may be refused for other reasons only. */
    private static final Set<ProblemType> NO_ROOM =
            EnumSet.of(ProblemType.TOO_MANY_GRANTS, ProblemType.ACCOUNT_BACKLOGGED);

    private final Findings findings;
    private final Map<Key, NewGrant> asked = new HashMap<>();

    public GrantInvariants(AccountInvariants accounts, Findings findings) {
        this.findings = findings;
        accounts.whenEntered(this::entered);
    }

    /** The entry with this key, if there ever is one, stands for this grant. */
    public void ask(Key key, NewGrant grant) {
        asked.put(key, grant);
    }

    public void answered(NewGrant grant, Reply<Posted> reply) {
        boolean isTurnedAway =
                reply instanceof Reply.Refused<?>(Refusal refusal) && NO_ROOM.contains(refusal.problem());
        findings.expect(
                !isTurnedAway || !grant.kind().isPaid(),
                "a payment is not refused for want of room",
                () -> grant + " was answered " + reply);
    }

    private void entered(String account, Entry entry) {
        Grant given = entry.grant();
        if (given == null || entry.keyHash() == null || entry.requestHash() == null) {
            return;
        }
        NewGrant wanted = asked.get(new Key(entry.keyHash(), entry.requestHash()));
        if (wanted != null) {
            findings.expect(
                    isWithin(given, wanted, entry),
                    "credits live no longer than they were given for",
                    () -> account + ": for " + wanted + " stands " + entry);
        }
    }

    private static boolean isWithin(Grant given, NewGrant wanted, Entry entry) {
        boolean isSame = given.kind() == wanted.kind()
                && given.priority() == wanted.priority()
                && entry.amount().equals(wanted.amount());
        boolean beginsNoEarlier =
                !usableFrom(given.effectiveAt(), entry.at()).isBefore(usableFrom(wanted.effectiveAt(), entry.at()));
        Instant end = given.expiresAt();
        boolean endsNoLater = wanted.expiresAt() == null || (end != null && !end.isAfter(wanted.expiresAt()));
        return isSame && beginsNoEarlier && endsNoLater;
    }

    private static Instant usableFrom(@Nullable Instant effectiveAt, Instant entered) {
        return effectiveAt == null || effectiveAt.isBefore(entered) ? entered : effectiveAt.truncatedTo(MILLIS);
    }
}
