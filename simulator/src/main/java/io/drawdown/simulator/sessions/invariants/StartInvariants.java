package io.drawdown.simulator.sessions.invariants;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.simulator.invariants.AccountInvariants;
import io.drawdown.simulator.invariants.AccountStates;
import io.drawdown.simulator.leases.Leases;
import io.drawdown.simulator.sessions.SessionsSide;
import io.drawdown.simulator.sessions.Watcher;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches what clients are told of their starts, which process serves a session, and what is held after a start was given up.
 */
public final class StartInvariants implements Watcher {

    private static final String NOTHING_BEGUN = "a start that was answered as unavailable makes no hold";

    private final SimulationContext context;
    private final Leases leases;
    private final AccountInvariants accounts;
    private final Map<String, SessionDocument> documents = new HashMap<>();
    private final Map<String, Long> endedNanos = new HashMap<>();
    private final Map<String, Integer> said = new HashMap<>();
    private final Map<String, Integer> toldUnavailable = new HashMap<>();
    private final Map<String, Long> heldNanos = new HashMap<>();
    private final Set<String> doubled = new HashSet<>();
    private final Map<String, Set<String>> formerOwners = new HashMap<>();
    private final Map<Process, Long> unanswered = new HashMap<>();
    private final Map<String, Long> registeredNanos = new HashMap<>();

    public StartInvariants(SimulationContext context, SessionsSide side, AccountInvariants accounts) {
        this.context = context;
        this.leases = side.stores().leases();
        this.accounts = accounts;
        side.watch(this);
        leases.incarnations()
                .whenCommitted((id, incarnation) -> registeredNanos.putIfAbsent(id, context.timeline.nanos()));
        accounts.whenEntered(this::entered);
    }

    @Override
    public void committed(SessionDocument document) {
        SessionDocument before = documents.put(document.id(), document);
        if (before != null && before.state() instanceof Running && document.state() instanceof Resuming) {
            formerOwners
                    .computeIfAbsent(document.id(), fresh -> new HashSet<>())
                    .add(before.owner().incarnation());
        }
        if (document.state() instanceof Ended) {
            endedNanos.putIfAbsent(document.id(), context.timeline.nanos());
        }
    }

    @Override
    public void asked(Asked start) {
        said.merge(start.sessionId(), 1, Integer::sum);
    }

    @Override
    public void unanswered(Process process, String sessionId, boolean isDoubled) {
        unanswered.put(process, context.timeline.nanos());
        if (isDoubled) {
            doubled.add(sessionId);
        }
    }

    /** An owner that could not be asked to hand over serves until it learns of the greater epoch. */
    private boolean wasTakenByProof(SessionDocument document, @Nullable String owner) {
        return formerOwners.getOrDefault(document.id(), Set.of()).contains(String.valueOf(owner));
    }

    @Override
    public void media(String sessionId, Process process, boolean isOn) {
        SessionDocument document = documents.get(sessionId);
        String me = leases.latestNames().get(process.name());
        context.findings.expect(
                !isOn
                        || document == null
                        || document.owner().incarnation().equals(me)
                        || leases.isFenced(process)
                        || wasTakenByProof(document, me),
                "only its owner serves a session",
                () -> process.name() + " serves " + document);
    }

    private void entered(String account, Entry entry) {
        Hold hold = entry.hold();
        if (hold == null || entry.type() != EntryType.HELD) {
            return;
        }
        String session = hold.id();
        heldNanos.put(session, context.timeline.nanos());
        Long ended = endedNanos.get(session);
        context.findings.expect(
                ended == null || accounts.of(account).committedAt(1) > ended,
                "nothing is held for a session that has ended",
                () -> account + ": " + entry + ", " + documents.get(session));
        boughtByNobody(session, entry.toString());
    }

    /** Every start that was sent was answered with: nothing was begun. */
    private void boughtByNobody(String session, String what) {
        int starts = said.getOrDefault(session, 0);
        context.findings.expect(
                starts == 0 || starts > toldUnavailable.getOrDefault(session, 0) || doubled.contains(session),
                NOTHING_BEGUN,
                () -> what + ", after " + starts + " starts");
    }

    @Override
    public void delivered(Delivery delivery) {
        Asked asked = delivery.asked();
        if (delivery.frame() instanceof Frame.Refused refused && asked != null) {
            told(delivery, asked, refused);
        }
    }

    private void told(Delivery delivery, Asked asked, Frame.Refused refused) {
        context.findings.expect(
                isOfItsTime(delivery, asked, refused),
                "a refused start was decided after it was asked for",
                () -> delivery.client().name() + " heard " + refused + ", asked at " + asked.nanos());
        if (refused.problem().type() == ProblemType.OUTCOME_UNKNOWN) {
            context.findings.expect(
                    couldNotAsk(delivery.process(), asked.nanos()),
                    "a client is told that the outcome of a start is unknown only if credits-service could not be"
                            + " asked",
                    () -> delivery.client().name() + " heard " + refused);
        }
        if (refused.problem().type() == ProblemType.UNAVAILABLE) {
            toldUnavailable.merge(asked.sessionId(), 1, Integer::sum);
            if (heldNanos.getOrDefault(asked.sessionId(), -1L) >= asked.nanos()) {
                boughtByNobody(asked.sessionId(), delivery.client().name() + " heard " + refused);
            }
        }
    }

    private boolean isOfItsTime(Delivery delivery, Asked asked, Frame.Refused refused) {
        Long seq = refused.seq();
        Credits remaining = refused.creditsRemaining();
        if (seq == null || remaining == null) {
            return true;
        }
        AccountStates truth = accounts.of(delivery.client().want().account());
        return truth.hadAvailable(seq, remaining, delivery.sentNanos())
                && (seq == truth.entries() || truth.committedAt(seq + 1) >= asked.nanos());
    }

    /**
     * Something that the process asked had no answer since the client asked, or it may not write any more, or it
     * stopped meanwhile.
     */
    private boolean couldNotAsk(Process process, long askedNanos) {
        boolean failed = unanswered.getOrDefault(process, -1L) >= askedNanos;
        for (Link link : context.links()) {
            failed |= link.caller() == process && link.lastFailedNanos() >= askedNanos;
        }
        String me = leases.latestNames().get(process.name());
        boolean isRenamed = registeredNanos.getOrDefault(String.valueOf(me), Long.MAX_VALUE) >= askedNanos;
        return failed || isRenamed || leases.isFenced(process) || !process.isAlive();
    }
}
