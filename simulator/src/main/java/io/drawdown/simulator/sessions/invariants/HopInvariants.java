package io.drawdown.simulator.sessions.invariants;

import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Hold;
import io.drawdown.kit.security.SocketToken;
import io.drawdown.sessions.document.ResumeToken;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Detached;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.simulator.invariants.AccountInvariants;
import io.drawdown.simulator.invariants.StatementInvariants;
import io.drawdown.simulator.leases.Leases;
import io.drawdown.simulator.sessions.ServedSpans;
import io.drawdown.simulator.sessions.SessionsSide;
import io.drawdown.simulator.sessions.Watcher;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches the sessions that go from one instance to another: each owner has an epoch of its own, which the hold has too
 * before anybody is served in it; what is handed over is what was served; and a token lets its client in once.
 */
public final class HopInvariants implements Watcher {

    private static final long MILLI = 1_000_000;

    /** Service between the last tick of an owner and a stall is not counted. */
    private static final long UNCOUNTED_PER_STALL = 500 * MILLI;

    private final SimulationContext context;
    private final AccountInvariants accounts;
    private final StatementInvariants statements;
    private final ServedSpans served;
    private final Leases leases;
    private final Map<String, SessionDocument> documents = new HashMap<>();
    private final Map<String, Set<String>> usedTokens = new HashMap<>();
    private final Set<String> byProof = new HashSet<>();

    public HopInvariants(
            SimulationContext context, SessionsSide side, AccountInvariants accounts, StatementInvariants statements) {
        this.context = context;
        this.accounts = accounts;
        this.statements = statements;
        this.served = side.served();
        this.leases = side.stores().leases();
        side.watch(this);
    }

    @Override
    public void committed(SessionDocument document) {
        SessionDocument before = documents.put(document.id(), document);
        ResumeToken token = tokenOf(before);
        ResumeToken next = tokenOf(document);
        if (before == null || token == null || next == null) {
            return;
        }
        boolean isSameEpoch = before.owner().epoch() == document.owner().epoch();
        context.findings.expect(
                !isSameEpoch
                        || before.isOwnedBy(document.owner())
                        || document.owner().isNone(),
                "an epoch of a session has one owner",
                () -> before + " became " + document);
        tokenChanged(before, token, next);
        if (before.state() instanceof Running && document.state() instanceof Detached detached) {
            handedOver(document, detached.handed());
        }
        if (document.state() instanceof Resuming && !isSameEpoch) {
            taken(before);
        }
    }

    private void taken(SessionDocument before) {
        if (before.state() instanceof Detached) {
            context.counts.count("session taken over from a hand-over");
        } else {
            byProof.add(before.id());
            context.counts.count("session taken over by proof");
        }
    }

    private void tokenChanged(SessionDocument before, ResumeToken old, ResumeToken next) {
        String id = before.id();
        if (old.equals(next)) {
            return;
        }
        boolean isRepeated = old.hash().equals(next.hash());
        context.findings.expect(
                isRepeated ? next.attempt() > old.attempt() : old.hash().equals(next.previousHash()),
                "a token is followed by the one that its client named, or by itself in a later attempt",
                () -> id + ": " + old + " became " + next);
        Set<String> used = usedTokens.computeIfAbsent(id, fresh -> new HashSet<>());
        context.findings.expect(
                isRepeated || !used.contains(next.hash()), "a token is not used again", () -> id + ": " + next);
        used.add(old.hash());
    }

    /** Its owner states the exact total, after it has stopped its media. */
    private void handedOver(SessionDocument document, MeterReading handed) {
        statements.state(document.id(), handed.epoch(), handed.usedMillis());
        if (byProof.contains(document.id())) {
            return;
        }
        long delivered = served.deliveredNanos(document.id());
        long lost = 2 * MILLI * handed.epoch() + served.stalls(document.id()) * UNCOUNTED_PER_STALL;
        context.findings.expect(
                delivered - handed.usedMillis() * MILLI <= lost,
                "what is handed over is all that was served",
                () -> document + " was served for " + delivered / 1e9 + " s");
    }

    @Override
    public void media(String sessionId, Process process, boolean isOn) {
        SessionDocument document = documents.get(sessionId);
        if (!isOn || document == null || !document.isOpen() || document.owner().epoch() == 1) {
            return;
        }
        if (!leases.isOf(process, document.owner().incarnation())) {
            return; // a former owner may not know it yet: it serves what its own epoch has funded
        }
        long epoch = accounts.of(document.origin().accountId())
                .holdAt(sessionId, Long.MAX_VALUE)
                .map(Hold::epoch)
                .orElse(Long.MAX_VALUE);
        context.findings.expect(
                epoch >= document.owner().epoch(),
                "a session is served by another owner only after its hold has that epoch",
                () -> process.name() + " serves " + document + ", the hold has epoch " + epoch);
    }

    @Override
    public void delivered(Delivery delivery) {
        ClientFrame.Resume asked = delivery.returning();
        if (asked != null && delivery.frame() instanceof Frame.Resumed(Frame.Running session)) {
            letIn(delivery, asked, session);
        }
        if (asked != null
                && delivery.frame() instanceof Frame.Refused refused
                && refused.problem().type() == ProblemType.SESSION_NOT_FOUND) {
            lockedOut(delivery, asked);
        }
    }

    /** It did not hear that an earlier attempt of its own had succeeded, and nothing has happened since. */
    private void lockedOut(Delivery delivery, ClientFrame.Resume asked) {
        SessionDocument document = documents.get(asked.sessionId());
        ResumeToken token = tokenOf(document);
        String previous = token == null ? null : token.previousHash();
        if (token == null || previous == null || !token.hash().equals(asked.nextHash())) {
            return;
        }
        context.findings.expect(
                !SocketToken.matches(asked.resumeToken(), previous) || asked.attempt() < token.attempt(),
                "a client that did not hear that it was let in is let in again",
                () -> delivery.client().name() + " said " + asked + ": " + document);
    }

    private static @Nullable ResumeToken tokenOf(@Nullable SessionDocument document) {
        return document == null || document.begun() == null
                ? null
                : document.begun().token();
    }

    private void letIn(Delivery delivery, ClientFrame.Resume asked, Frame.Running session) {
        SessionDocument document = documents.get(session.sessionId());
        ResumeToken token = tokenOf(document);
        boolean isNamed = (token != null && token.hash().equals(asked.nextHash()))
                || usedTokens.getOrDefault(session.sessionId(), Set.of()).contains(asked.nextHash());
        context.findings.expect(
                isNamed,
                "a client that is let in has named its next token, which is stored",
                () -> delivery.client().name() + " said " + asked + " and heard " + session + ": " + document);
    }
}
