package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs of sessions whose totals a gateway states. */
final class GatewayBugs {

    private static final String STATE = "sessions.document.SessionState";
    private static final String RULES = "sessions.gateway.ReportRules";

    private GatewayBugs() {}

    static List<SeededBug> all() {
        return List.of(
                takeItAsItComes(),
                endAtTheRequest(),
                tellBeforeItIsStored(),
                tellBeyondTheFunding(),
                trustTheClock(),
                obeyALateExhausted(),
                obeyOldFunding());
    }

    /** Of two reports the one that arrives later counts, and the usage between them is not charged. */
    private static SeededBug takeItAsItComes() {
        return SeededBug.of(
                "take a gateway's total as it comes",
                STATE,
                "return new Reported(rate, Math.max(usedMillis, statedMillis), at, advance, mostMillis);",
                "return new Reported(rate, statedMillis, at, advance, mostMillis);");
    }

    /** An end that states less, or nothing, takes back what was stated before. */
    private static SeededBug endAtTheRequest() {
        return SeededBug.of(
                "end a gateway's session at the total of the request",
                STATE,
                "Reported last = heard(statedMillis, at);",
                "Reported last = new Reported(rate, statedMillis, at, advance, mostMillis);");
    }

    /** The instance dies between the two: credits-service has settled a total that the sweep does not know. */
    private static SeededBug tellBeforeItIsStored() {
        return SeededBug.of(
                "tell a gateway's total before the document has it",
                "sessions.gateway.GatewaySessions",
                ": store(there, report).chain(funding::tellIfDue);",
                ": funding.tellIfDue(there.with(reported.heard(report.usedMillis(), reported.heardAt())))"
                        + ".chain(told -> store(told, report));");
    }

    /** Credits-service charges less than it was told, and the owner knows nothing of it. */
    private static SeededBug tellBeyondTheFunding() {
        return SeededBug.of(
                "tell a gateway's total beyond its funding",
                STATE,
                "return Math.min(usedMillis, fundedMillis());",
                "return usedMillis;");
    }

    /** A clock that is set makes every gateway look silent. */
    private static SeededBug trustTheClock() {
        return new SeededBug(
                "end as silent without having watched",
                List.of(
                        new Edit(
                                "sessions.gateway.SilenceSweep",
                                "boolean isLong = silent.compareTo(SEEN_SILENT_FOR) >= 0 &&",
                                "boolean isLong = !silent.isNegative() &&"),
                        new Edit(RULES, "&& reported.heardAt().equals(heardAt)", "")));
    }

    /** What came back is told as funded again when an answer from before it arrives. */
    private static SeededBug obeyOldFunding() {
        return SeededBug.of(
                "obey what was funded before a gateway gave back",
                "sessions.document.Advance",
                "isOneCut ? Math.max(fundedMillis, other.fundedMillis) : newest.fundedMillis,",
                "Math.max(fundedMillis, other.fundedMillis),");
    }

    /** The gateway was heard again, and more was funded, after that was asked. */
    private static SeededBug obeyALateExhausted() {
        return SeededBug.of(
                "end a gateway's session on a late exhausted answer",
                RULES,
                "return current.rev() == told.rev() && current.state() instanceof Reported ?",
                "return current.state() instanceof Reported ?");
    }
}
