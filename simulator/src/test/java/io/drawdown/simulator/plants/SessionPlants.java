package io.drawdown.simulator.plants;

import java.util.List;

/** Bugs of a session's owner, of its start and of its takeover. */
final class SessionPlants {

    private static final String SESSIONS = "session-service/src/main/java/io/drawdown/sessions/sessions/";
    private static final String FUNDS = SESSIONS + "Funds.java";

    private SessionPlants() {}

    static List<Plant> all() {
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

    /** Of an end and a takeover the later one wins without looking: one session, two fates. */
    private static Plant dropTheRevGuard() {
        return Plant.of(
                "drop the rev guard, of a session",
                "simulator/src/main/java/io/drawdown/simulator/sessions/SimulatedSessions.java",
                "present == null || present.rev() != next.rev() - 1 || fate",
                "present == null || fate");
    }

    /** A session that is away, or waits for credits, is billed for as long as its instance lives. */
    private static Plant usageFromLifeCycleEvents() {
        return Plant.of(
                "usage from life-cycle events and an instance heartbeat",
                SESSIONS + "LiveSession.java",
                "return new MeterReading(accountId(), id(), epoch(), meter().usedMillis());",
                """
                Instant started = document.startedAt();
                long sinceStart = started == null
                        ? 0
                        : Duration.between(started, owning.machinery().time().now()).toMillis();
                return new MeterReading(accountId(), id(), epoch(), Math.max(0, sinceStart));""");
    }

    /** A fenced owner's renewals and late totals still count; a second taker is stale and never comes to the end. */
    private static Plant raiseTheEpochHereOnly() {
        return Plant.of("raise the epoch in the session document only", SESSIONS + "Recovery.java", """
                Funding.Takeover request = new Funding.Takeover(taken.origin().accountId(), epoch, proofEpoch, proofUsed);
                return owning.credits().takeover(taken.id(), request)""", """
                Funding.Renew request = new Funding.Renew(taken.origin().accountId(), proofEpoch, proofUsed);
                return owning.credits().renew(taken.id(), request)""");
    }

    /** At the limit it ends, though a renewal is under way, or credits-service cannot be reached: false exhaustion. */
    private static Plant takeTheTimersWord() {
        return Plant.of(
                "take the timer's word for exhaustion",
                SESSIONS + "LiveSession.java",
                "case Serving() when meter.isAtLimit() -> waitForFunds();",
                "case Serving() when meter.isAtLimit() -> end(EndReason.EXHAUSTED);");
    }

    /** An answer from before a top-up ends a session that is funded again. */
    private static Plant obeyALateExhausted() {
        return Plant.of("obey a late exhausted", FUNDS, """
                if (!meter.isAtLimit() || askedMillis < meter.fundedMillis()) {
                    return;
                }
                boolean newerMoney = answered != null && money().seq() > answered.seq() && purse.canPay(rate);""", """
                boolean newerMoney = false;""");
    }

    /** The suspension was lifted before its event came: the session ends all the same. */
    private static Plant endOnASuspendedEvent() {
        return Plant.of(
                "end on a stale suspended event", FUNDS, "if (makesAsk(event.type(), hasMyHold(event.hold()))) {", """
                if (event.type() == EntryType.SUSPENDED) {
                    session.end(EndReason.SUSPENDED);
                    return;
                }
                if (makesAsk(event.type(), hasMyHold(event.hold()))) {""");
    }

    /** The tick that notices comes up to half a second after the last moment: served, and charged, all the same. */
    private static Plant outlastTheMaximum() {
        return new Plant(
                "notice the maximum duration at the next tick",
                List.of(
                        new Edit(
                                SESSIONS + "Meter.java",
                                "long countable = Math.min(audible, lastNanos - tickedNanos);",
                                "long countable = audible;"),
                        new Edit(
                                SESSIONS + "LiveSession.java",
                                "meter.untilSilence(now()), lifetime.untilNext(now()));",
                                "meter.untilSilence(now()));")));
    }

    /** The meter stops with the client's silence, the media long after it. */
    private static Plant billToTheLastSign() {
        return Plant.of(
                "bill to the last sign of life but serve on",
                SESSIONS + "Meter.java",
                "return SILENCE.minusNanos(now - signNanos);",
                "return SILENCE.multipliedBy(3).minusNanos(now - signNanos);");
    }

    /** A clock that is set, or a fail-over to another one, makes a living owner's lease look long past. */
    private static Plant fenceByDatabaseTime() {
        return Plant.of(
                "fence by sampled database time",
                "session-service/src/main/java/io/drawdown/sessions/instances/LeaseWatch.java",
                "return next.stoodStill.compareTo(Lease.LENGTH) >= 0;",
                "return seen.renewedAt().plus(Lease.LENGTH).plusSeconds(2).isBefore(time.now());");
    }

    /** The owner renewed between the look and the write, or long before a write that was under way for long. */
    private static Plant fenceWhoRenewedMeanwhile() {
        return Plant.of(
                "fence without naming the renewal that was seen",
                "simulator/src/main/java/io/drawdown/simulator/sessions/SimulatedIncarnations.java",
                "there.fenced() || !Objects.equals(there.renewals(), seen.renewals())) {",
                "there.fenced()) {");
    }
}
