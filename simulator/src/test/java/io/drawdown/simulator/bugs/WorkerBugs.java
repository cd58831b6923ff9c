package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;
import java.util.stream.Stream;

/** Bugs in how usage is stated. */
final class WorkerBugs {

    private static final String TRACKED = "checkpoints.metering.TrackedSession";

    private WorkerBugs() {}

    static List<SeededBug> all() {
        return List.of(deltas(), theWorkersClock());
    }

    /** Correct only if each message arrives once: a duplicate is charged twice, a lost one never. */
    private static SeededBug deltas() {
        return new SeededBug(
                "report deltas instead of totals",
                Stream.of(ownersDeltas(), workersDeltas(), settledDeltas())
                        .flatMap(List::stream)
                        .toList());
    }

    /** The owner states what was used since its last report. */
    private static List<Edit> ownersDeltas() {
        return List.of(
                new Edit("sessions.live.LiveSession", """
                                MeterReading reading() {
                                    return new MeterReading(accountId(), id(), epoch(), meter().usedMillis());""", """
                                private long reportedMillis;

                                @Override
                                public long sinceLastReport() {
                                    long used = meter().usedMillis();
                                    long since = used - reportedMillis;
                                    reportedMillis = used;
                                    return since;
                                }

                                MeterReading reading() {
                                    return new MeterReading(accountId(), id(), epoch(), sinceLastReport());"""),
                new Edit("sessions.live.Funds", "Phase phase();", """
                                Phase phase();

                                long sinceLastReport();"""),
                new Edit(
                        "sessions.live.Funds",
                        "new Funding.Renew(start.accountId(), session.epoch(), used)",
                        "new Funding.Renew(start.accountId(), session.epoch(), session.sinceLastReport())"));
    }

    /** The worker adds up the readings since its last report. */
    private static List<Edit> workersDeltas() {
        return List.of(
                new Edit(TRACKED, """
                                if (reading.epoch() > greatest.epoch()
                                        || reading.usedMillis() > greatest.usedMillis()) {
                                    greatest = reading;
                                }""", """
                                greatest = reading.epoch() > greatest.epoch()
                                        ? reading
                                        : with(greatest.usedMillis() + reading.usedMillis());"""),
                new Edit(TRACKED, "return greatest;", """
                                MeterReading sum = greatest;
                                greatest = with(0);
                                return sum;"""),
                new Edit(TRACKED, "boolean isSilentFor(int runs) {", """
                                private MeterReading with(long millis) {
                                    return new MeterReading(
                                            greatest.accountId(), greatest.sessionId(), greatest.epoch(), millis);
                                }

                                boolean isSilentFor(int runs) {"""));
    }

    /** credits-service adds each message to the settled usage. */
    private static List<Edit> settledDeltas() {
        return List.of(
                new Edit(
                        "credits.sessions.SessionIntake",
                        "return one.data().usedMillis() >= other.data().usedMillis() ? one : other;",
                        """
                                MeterReading sum = new MeterReading(
                                        one.data().accountId(),
                                        one.data().sessionId(),
                                        one.data().epoch(),
                                        one.data().usedMillis() + other.data().usedMillis());
                                return new Received<>(sum, one.trace());"""),
                new Edit(
                        "credits.rules.Holds",
                        "hold, command.usedMillis(), command.isRenewal()",
                        "hold, hold.usedMillis() + command.usedMillis(), command.isRenewal()"));
    }

    /** A session whose client is away, or that waits for credits, is charged as long as heartbeats come. */
    private static SeededBug theWorkersClock() {
        return new SeededBug(
                "measure usage by the worker's own clock",
                List.of(
                        new Edit(TRACKED, "private long dueNanos;", """
                                private long dueNanos;
                                private long firstDueNanos;"""),
                        new Edit(
                                TRACKED,
                                "if (reading.epoch() > greatest.epoch() || reading.usedMillis() > greatest.usedMillis()) {",
                                "if (reading.epoch() > greatest.epoch()) {"),
                        new Edit(TRACKED, "dueNanos = nanos;", """
                                dueNanos = nanos;
                                firstDueNanos = firstDueNanos == 0 ? nanos : firstDueNanos;"""),
                        new Edit(TRACKED, "return greatest;", """
                                return new MeterReading(
                                        greatest.accountId(),
                                        greatest.sessionId(),
                                        greatest.epoch(),
                                        greatest.usedMillis() + (dueNanos - firstDueNanos) / 1_000_000);""")));
    }
}
