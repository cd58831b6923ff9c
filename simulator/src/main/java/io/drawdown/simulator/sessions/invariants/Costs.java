package io.drawdown.simulator.sessions.invariants;

import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.simulator.invariants.AccountInvariants;
import io.drawdown.simulator.invariants.AccountStates;
import io.drawdown.simulator.world.Findings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What sessions cost, by arithmetic of its own, so that a mistake of the services does not confirm itself. */
final class Costs {

    private Costs() {}

    static void check(Findings findings, AccountInvariants accounts, SessionDocument document, long totalMillis) {
        long taken = 0;
        for (Entry entry : accounts.of(document.origin().accountId()).entriesOf(document.id())) {
            taken -= entry.amount().micros();
        }
        long cost = taken;
        findings.expect(
                cost == micros(document.origin().kind(), totalMillis),
                "a session costs the price of its total",
                () -> document + " cost " + cost + " micro-credits");
    }

    /** The total that the session was settled to. */
    static long settledMillis(AccountStates truth, String sessionId) {
        List<Entry> entries = truth.entriesOf(sessionId);
        Hold hold = entries.isEmpty() ? null : entries.getLast().hold();
        return hold == null ? 0 : hold.usedMillis();
    }

    /** Each increment that has begun costs its price. */
    static long micros(String kind, long usedMillis) {
        return switch (kind) {
            case "dubbing" -> (usedMillis + 999) / 1_000 * 1_000_000;
            case "subtitles" -> (usedMillis + 2_499) / 2_500 * 700_000;
            default -> 0;
        };
    }

    /** The most that an owner of any epoch may serve: what was funded since that epoch's last give-back. */
    static long fundedMillis(AccountStates truth, String sessionId) {
        Map<Long, Hold> most = new HashMap<>();
        for (Entry entry : truth.entriesOf(sessionId)) {
            Hold hold = entry.hold();
            if (hold != null) {
                most.merge(
                        hold.epoch(),
                        hold,
                        (before, now) -> before.cut().equals(now.cut()) && before.fundedMillis() > now.fundedMillis()
                                ? before
                                : now);
            }
        }
        return most.values().stream().mapToLong(Hold::fundedMillis).max().orElse(0);
    }
}
