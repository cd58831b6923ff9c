package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs of a session's owner, of its start and of its takeover. */
final class SessionBugs {

    private static final String FUNDS = "sessions.live.Funds";

    private SessionBugs() {}

    static List<SeededBug> all() {
        return List.of(
                dropTheRevGuard(),
                usageFromLifeCycleEvents(),
                raiseTheEpochHereOnly(),
                takeTheTimersWord(),
                obeyALateExhausted(),
                endOnASuspendedEvent(),
                billToTheLastSign(),
                fenceByDatabaseTime(),
                fenceWhoRenewedMeanwhile(),
                outlastTheMaximum());
    }

    /** Of an end and a takeover the later write overwrites the other: one session has two outcomes. */
    private static SeededBug dropTheRevGuard() {
        return SeededBug.of(
                "drop the rev guard of a session",
                "simulator.sessions.stores.SimulatedSessions",
                "present == null || present.rev() != before.rev() || callFault",
                "present == null || callFault");
    }

    /** A session that is away, or waits for credits, is billed for as long as its instance lives. */
    private static SeededBug usageFromLifeCycleEvents() {
        return SeededBug.of(
                "derive usage from the time since the start",
                "sessions.live.LiveSession",
                "return new MeterReading(accountId(), id(), epoch(), meter().usedMillis());",
                """
                long lifeLeft = media.lifetime().lastNanos() - meter().tickedNanos();
                long sinceStart = settings.maximumDuration().minusNanos(lifeLeft).toMillis();
                return new MeterReading(accountId(), id(), epoch(), sinceStart);""");
    }

    /** A fenced owner's renewals and late totals still count, and a second takeover is stale and never succeeds. */
    private static SeededBug raiseTheEpochHereOnly() {
        return SeededBug.of(
                "raise the epoch in the session document only", "sessions.recovery.SessionTakeover", """
                Funding.Takeover request = new Funding.Takeover(taken.origin().accountId(), epoch, proofEpoch, proofUsed);
                return credits.takeover(taken.id(), request)""", """
                Funding.Renew request = new Funding.Renew(taken.origin().accountId(), proofEpoch, proofUsed);
                return credits.renew(taken.id(), request, null)""");
    }

    /** At the limit the session ends as exhausted, although a renewal is under way or credits-service cannot be reached. */
    private static SeededBug takeTheTimersWord() {
        return SeededBug.of(
                "end as exhausted when the timer says so",
                "sessions.live.Phase",
                "if (now.isAtLimit()) { return new Waiting(now.nanos()); }",
                "if (now.isAtLimit()) { return end(EndReason.EXHAUSTED); }");
    }

    /** An answer from before a top-up ends a session that has been funded again. */
    private static SeededBug obeyALateExhausted() {
        return SeededBug.of("obey a late exhausted answer", FUNDS, """
                if (session.phase() instanceof Phase.Paused
                        || !meter.isAtLimit()
                        || askedMillis < meter.fundedMillis()) {
                    return;
                }
                boolean newerMoney = answered != null && money().seq() > answered.seq() && snapshot.canPay(rate);""", """
                boolean newerMoney = false;""");
    }

    /** The suspension was lifted before its event came, but the session ends. */
    private static SeededBug endOnASuspendedEvent() {
        return SeededBug.of(
                "end on a stale suspended event", FUNDS, "if (makesAsk(event.type(), hasMyHold(event.hold()))) {", """
                if (event.type() == EntryType.SUSPENDED) {
                    session.end(EndReason.SUSPENDED);
                    return;
                }
                if (makesAsk(event.type(), hasMyHold(event.hold()))) {""");
    }

    /** The tick that notices the end comes up to half a second late; this time is served and charged. */
    private static SeededBug outlastTheMaximum() {
        return new SeededBug(
                "notice the maximum duration at the next tick",
                List.of(
                        new Edit(
                                "sessions.live.Meter",
                                "long countable = Math.min(audible, lastNanos - tickedNanos);",
                                "long countable = audible;"),
                        new Edit(
                                "sessions.live.MediaControl",
                                "meter.untilSilence(), untilLastMoment(meter));",
                                "meter.untilSilence());")));
    }

    /** The meter stops when the client falls silent, but the media stop long after. */
    private static SeededBug billToTheLastSign() {
        return SeededBug.of(
                "charge to the last sign of life but go on serving",
                "sessions.live.Meter",
                "return SILENCE.minusNanos(tickedNanos - signNanos);",
                "return SILENCE.multipliedBy(3).minusNanos(tickedNanos - signNanos);");
    }

    /** A clock that is set, or a fail-over to another one, makes a living owner's lease look long past. */
    private static SeededBug fenceByDatabaseTime() {
        return SeededBug.of(
                "fence by sampled database time",
                "kit.lease.LeaseWatch",
                "return next.stoodStill.compareTo(terms.length()) >= 0;",
                "return seen.renewedAt().plus(terms.length()).plusSeconds(2).isBefore(time.now());");
    }

    /** The owner renewed between the check and the write, or while the write was on its way. */
    private static SeededBug fenceWhoRenewedMeanwhile() {
        return SeededBug.of(
                "fence without naming the renewal that was seen",
                "simulator.leases.SimulatedIncarnations",
                "there.fenced() || !Objects.equals(there.renewals(), seen.renewals())) {",
                "there.fenced()) {");
    }
}
