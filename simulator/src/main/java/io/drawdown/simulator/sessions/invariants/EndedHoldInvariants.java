package io.drawdown.simulator.sessions.invariants;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.credits.account.Hold;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.simulator.credits.CreditsHost;
import io.drawdown.simulator.credits.CreditsSide;
import io.drawdown.simulator.invariants.AccountStates;
import io.drawdown.simulator.invariants.AccountStates.Window;
import io.drawdown.simulator.sessions.SessionsProcess;
import io.drawdown.simulator.sessions.SessionsSide;
import io.drawdown.simulator.sessions.Watcher;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches that no request is refused for lack of credits while ended sessions still hold some, if their owners could have
 * released them.
 */
public final class EndedHoldInvariants implements Watcher {

    private static final String PREFIX = "ses_";
    private static final long SECOND = 1_000_000_000;

    /** Time for calls on their way, and for races for one account. */
    private static final long LATENCIES = SECOND / 2;

    private final SimulationContext context;
    private final SessionsSide sessions;
    private final CreditsSide credits;
    private final Map<String, End> ends = new TreeMap<>();

    private record End(SessionDocument document, long nanos) {}

    public EndedHoldInvariants(SimulationContext context, SessionsSide sessions, CreditsSide credits) {
        this.context = context;
        this.sessions = sessions;
        this.credits = credits;
        sessions.watch(this);
        credits.answers().whenInsufficient(this::refused);
    }

    @Override
    public void committed(SessionDocument document) {
        if (document.state() instanceof Ended ended && ended.reason() != EndReason.ABANDONED) {
            ends.putIfAbsent(document.id(), new End(document, context.timeline.nanos()));
        }
    }

    private void refused(String account, Credits required, AccountView view, Window window) {
        AccountStates truth = credits.accounts().of(account);
        Credits held = Credits.ZERO;
        String holders = "";
        for (String session : truth.sessions()) {
            Hold hold = truth.holdAt(session, view.seq()).orElse(null);
            if (hold != null && session.startsWith(PREFIX) && isLate(ends.get(session), window.askedNanos())) {
                held = held.plus(hold.reserved());
                holders += " " + hold;
            }
        }
        Credits withThem = view.available().plus(held);
        String who = holders;
        context.counts.count("refused for want of credits, ends looked at");
        context.findings.expect(
                withThem.compareTo(required) < 0,
                "nobody is refused for credits that only an ended session holds, once its owner could reach "
                        + "credits-service and the sessions database for one second",
                () -> account + " needs " + required + " of " + view + ", held by" + who);
    }

    private boolean isLate(@Nullable End end, long atNanos) {
        if (end == null) {
            return false;
        }
        Process owner = owner(end.document());
        return owner != null && Math.max(end.nanos(), reachedSince(owner)) + SECOND + LATENCIES < atNanos;
    }

    private @Nullable Process owner(SessionDocument document) {
        for (SessionsProcess each : sessions.running()) {
            String incarnation =
                    sessions.stores().leases().latestNames().get(each.process().name());
            if (document.owner().incarnation().equals(incarnation)) {
                return each.process();
            }
        }
        return null;
    }

    /** Since when nothing has hindered its calls: neither on its own links nor within credits-service. */
    private long reachedSince(Process owner) {
        long since = awake(owner);
        for (Link link : context.links()) {
            boolean isInItsWay = link.caller() == owner
                    && (link.name().endsWith(" to credits") || link.name().endsWith(" to sessions"));
            if (isInItsWay) {
                since = Math.max(since, link.clearSince());
            }
        }
        for (CreditsHost host : credits.hosts()) {
            since = Math.max(since, host.servesSince());
        }
        return since;
    }

    private long awake(Process process) {
        return process.isFrozen() ? context.timeline.nanos() : process.wokeNanos(0);
    }
}
