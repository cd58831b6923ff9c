package io.drawdown.simulator.sessions.invariants;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.Topic;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.simulator.invariants.AccountInvariants;
import io.drawdown.simulator.invariants.AccountStates;
import io.drawdown.simulator.leases.Leases;
import io.drawdown.simulator.sessions.ClientActor.Want;
import io.drawdown.simulator.sessions.ServedSpans;
import io.drawdown.simulator.sessions.SessionsSide;
import io.drawdown.simulator.sessions.Watcher;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches every session: it ends once and is not served afterwards, it is not served beyond what is funded, it is charged
 * for what was served, and an end for lack of credits was the answer of credits-service.
 */
public final class SessionInvariants implements Watcher {

    private static final String PREFIX = "ses_";
    private static final long MILLI = 1_000_000;

    /** Service between the last tick of an owner and a stall is not counted, neither as usage nor against the limit. */
    private static final long UNCOUNTED_PER_STALL = 500 * MILLI;

    private final Findings findings;
    private final Leases leases;
    private final ServedSpans served;
    private final AccountInvariants accounts;
    private final PaidInvariants paid;
    private final Map<String, Known> sessions = new TreeMap<>();
    private final Suspensions suspensions;

    private static final class Known {
        final List<Answered> answers = new ArrayList<>();

        @Nullable
        SessionDocument document;

        @Nullable
        String runner;

        long publishedTo;
        int holds;
    }

    public SessionInvariants(SimulationContext context, SessionsSide side, AccountInvariants accounts) {
        this.findings = context.findings;
        this.leases = side.stores().leases();
        this.served = side.served();
        this.accounts = accounts;
        this.paid = new PaidInvariants(findings, served, accounts);
        this.suspensions = Suspensions.of(side);
        side.watch(this);
        accounts.whenEntered(this::entered);
    }

    private Known known(String session) {
        return sessions.computeIfAbsent(session, fresh -> new Known());
    }

    @Override
    public void committed(SessionDocument document) {
        Known known = known(document.id());
        SessionDocument before = known.document;
        known.document = document;
        known.runner = document.state() instanceof Running ? document.owner().incarnation() : known.runner;
        boolean wasOver = before != null && before.state() instanceof Ended;
        findings.expect(
                before == null || !wasOver || Bills.isSameEnd(before.state(), document.state()),
                "a session has one end",
                () -> before + " became " + document);
        findings.expect(
                before == null || before.owner().epoch() <= document.owner().epoch(),
                "the epoch of a session never falls",
                () -> before + " became " + document);
        Bills.check(findings, document);
        if (!wasOver && document.state() instanceof Ended ended) {
            ended(known, document, ended);
        }
    }

    private void ended(Known known, SessionDocument document, Ended ended) {
        for (Process server : served.servers(document.id())) {
            findings.expect(
                    isReplaced(known, server),
                    "no session that is served has ended",
                    () -> server.name() + " serves " + document);
        }
        boolean isAnswered =
                switch (ended.reason()) {
                    case EXHAUSTED -> known.answers.stream().anyMatch(each -> isExhausted(each, ended));
                    case SUSPENDED -> isAnswered(known, Outcome.SUSPENDED) || suspensions.explain(document);
                    case OWNER_LOST ->
                        document.owner().epoch() > 1
                                || known.holds == 0
                                || isAnswered(known, Outcome.NO_HOLD)
                                || document.begun() == null;
                    default -> true;
                };
        findings.expect(
                isAnswered,
                "a session ends for want of credits only on an answer of credits-service about that very limit",
                () -> document + ", answered " + known.answers);
    }

    /** It is fenced, or the session has gone on at another since: it does not know that yet. */
    private boolean isReplaced(Known known, Process server) {
        return leases.isFenced(server)
                || (known.runner != null && !leases.isOf(server, known.runner))
                || isTaken(known.document, server);
    }

    /** Another has taken it, because its owner did not answer. */
    private boolean isTaken(@Nullable SessionDocument document, Process server) {
        return document != null
                && document.owner().epoch() > 1
                && !document.owner().isNone()
                && !leases.isOf(server, document.owner().incarnation());
    }

    private static boolean isAnswered(Known known, Outcome outcome) {
        return known.answers.stream().anyMatch(each -> each.answer().outcome() == outcome);
    }

    private static boolean isExhausted(Answered each, Ended ended) {
        HoldView hold = each.answer().hold();
        return each.answer().outcome() == Outcome.EXHAUSTED
                && hold != null
                && hold.usedMillis() == ended.usedMillis()
                && hold.fundedMillis() == ended.usedMillis();
    }

    @Override
    public void media(String sessionId, Process process, boolean isOn) {
        Known known = known(sessionId);
        SessionDocument document = known.document;
        if (isOn) {
            isLeased(sessionId, process);
            findings.expect(
                    document != null,
                    "a session that is served is stored",
                    () -> process.name() + " serves " + sessionId);
            if (document != null) {
                paid.begins(document, process);
                findings.expect(
                        document.isOpen() || isReplaced(known, process),
                        "no session that is served has ended",
                        () -> process.name() + " serves " + document);
            }
        } else {
            paid.check(known(sessionId).document, process);
        }
    }

    private void isLeased(String sessionId, Process process) {
        findings.expect(
                !leases.isUnseen(process),
                "an owner that stalled for longer than its lease serves only after it has seen the lease unbroken",
                () -> process.name() + " serves " + sessionId);
    }

    /** After every step. */
    public void nobodyIsServedTooLong() {
        for (String session : served.sessions()) {
            for (Process server : served.servers(session)) {
                paid.check(known(session).document, server);
                isLeased(session, server);
            }
        }
    }

    @Override
    public void answered(Answered answered) {
        known(answered.sessionId()).answers.add(answered);
    }

    private void entered(String account, Entry entry) {
        Hold hold = entry.hold();
        if (hold == null || !hold.id().startsWith(PREFIX)) {
            return;
        }
        Known known = known(hold.id());
        if (entry.type() == EntryType.HELD) {
            known.holds++;
            findings.expect(known.holds == 1, "a session has one hold", () -> account + ": " + entry);
        }
        if (entry.type() == EntryType.RELEASED) {
            SessionDocument document = known.document;
            findings.expect(
                    document != null && !document.isOpen() && document.owner().epoch() == hold.epoch(),
                    "a hold is released only after its session has ended, in the epoch of that end",
                    () -> account + ": " + entry + ", " + document);
        }
    }

    /** The broker has this event now. */
    public void published(Topic topic, CloudEvent event) {
        if (!topic.equals(Topic.SESSION_LIFECYCLE) || !event.subject().startsWith(PREFIX)) {
            return;
        }
        Known known = known(event.subject());
        long seq = Long.parseLong(event.id().substring(event.id().lastIndexOf(':') + 1));
        SessionDocument document = known.document;
        findings.expect(
                document != null && seq <= document.outbox().seq(),
                "an event of a session is in its document",
                () -> event.id() + ", " + document);
        findings.expect(
                seq <= known.publishedTo + 1,
                "events of a session come in order, without gaps",
                () -> event.id() + " after " + known.publishedTo);
        known.publishedTo = Math.max(known.publishedTo, seq);
    }

    @Override
    public void delivered(Delivery delivery) {
        Bills.check(findings, delivery.frame(), session -> known(session).document);
        Money money = Money.of(delivery.frame(), carried(delivery));
        if (money != null) {
            AccountStates truth = accounts.of(money.account());
            findings.expect(
                    truth.wasEver(money.seq(), money.balance(), money.available(), delivery.sentNanos()),
                    "a frame that names money was true",
                    () -> delivery.client().name() + " heard " + delivery.frame());
        }
    }

    /** The account of the session that the client's socket carries. */
    private String carried(Delivery delivery) {
        String known = delivery.client().sessionId();
        String session = delivery.frame() instanceof Frame.Ended ended ? ended.sessionId() : known;
        SessionDocument document = session == null ? null : known(session).document;
        Want want = delivery.client().want();
        return document == null ? want.account() : document.origin().accountId();
    }

    /** When all has come to rest. */
    public void checkAtRest() {
        for (Map.Entry<String, Known> each : sessions.entrySet()) {
            SessionDocument document = each.getValue().document;
            if (document != null) {
                checkAtRest(each.getValue(), document);
            }
        }
    }

    private void checkAtRest(Known known, SessionDocument document) {
        findings.expect(
                known.publishedTo >= document.outbox().seq(),
                "when faults stop, every event of a session is published",
                () -> document + ", published to " + known.publishedTo);
        long charged = Costs.settledMillis(accounts.of(document.origin().accountId()), document.id());
        long total = document.state() instanceof Ended ended ? ended.usedMillis() : 0;
        if (known.holds > 0) {
            Costs.check(findings, accounts, document, total);
        }
        findings.expect(
                charged == total || known.holds == 0,
                "a session is charged for its total",
                () -> document + " is settled to " + charged + " ms");
        long countable = served.servedNanos(document.id());
        findings.expect(
                total * MILLI <= countable || GatewayInvariants.isOfGateway(document),
                "nobody is charged for what was not served",
                () -> document + " was served for " + countable / 1e9 + " s");
        if (document.state() instanceof Ended ended && isExact(document, ended)) {
            long delivered = served.deliveredNanos(document.id());
            long lost = MILLI + served.stalls(document.id()) * UNCOUNTED_PER_STALL;
            findings.expect(
                    delivered - total * MILLI <= lost,
                    "the total of a session is what its owner served until it ended the session",
                    () -> document + " was served for " + delivered / 1e9 + " s");
        }
    }

    /** Whether the owner itself wrote the total. */
    private static boolean isExact(SessionDocument document, Ended ended) {
        return ended.reason() != EndReason.OWNER_LOST
                && ended.reason() != EndReason.ABANDONED
                && document.owner().epoch() == 1;
    }
}
