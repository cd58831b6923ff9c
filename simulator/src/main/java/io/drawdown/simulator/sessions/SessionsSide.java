package io.drawdown.simulator.sessions;

import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.credits.CreditsSide;
import io.drawdown.simulator.credits.Races;
import io.drawdown.simulator.sessions.stores.SessionsStores;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.SimulationContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** session-service: one instance with all its incarnations, its database, its clients and its watchers. */
public final class SessionsSide {

    private final SimulationContext context;
    private final SessionsStores stores;
    private final List<Watcher> watchers = new ArrayList<>();
    private final ServedSpans served;
    private final SessionsHost host;
    private final SessionsSettings settings;
    private final Set<String> over = new HashSet<>();

    public SessionsSide(
            SimulationContext context, Broker broker, CreditsSide credits, Races races, SessionsSettings settings) {
        this.context = context;
        this.settings = settings;
        stores = SessionsStores.in(new Database(context.timeline, context.random("sessions database")));
        served = new ServedSpans(context, watchers);
        host = new SessionsHost(this, context, broker, new CreditsOverHttp.Place(credits, races), settings);
        stores.sessions().whenCommitted((id, document) -> committed(document));
    }

    public void start() {
        host.start();
    }

    /** From now on the watcher hears everything. */
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    List<Watcher> watchers() {
        return watchers;
    }

    public SessionsSettings settings() {
        return settings;
    }

    public SessionsHost host() {
        return host;
    }

    public SessionsStores stores() {
        return stores;
    }

    public ServedSpans served() {
        return served;
    }

    private void committed(SessionDocument document) {
        Optional<Ended> end = document.ended();
        context.trace.say(
                "sessions",
                () -> document.id() + " of " + document.origin().accountId() + " is "
                        + document.state().name()
                        + end.map(ended -> " at " + ended.usedMillis() + " ms, " + ended.reason())
                                .orElse("")
                        + ", owner " + document.owner());
        if (!document.isOpen()
                && over.add(document.id() + " " + document.state().name())) {
            context.counts.count(end.map(ended -> "end " + ended.reason()).orElse("start refused"));
        }
        watchers.forEach(watcher -> watcher.committed(document));
    }

    /** Whether nothing is left to do. */
    public boolean isAtRest() {
        for (SessionDocument document : stores.sessions().all()) {
            if (document.isOpen() || document.outbox().isPending()) {
                return false;
            }
        }
        return true;
    }

    /** Called when everything has come to rest. */
    public void checkAtRest() {
        for (SessionDocument document : stores.sessions().all()) {
            context.findings.expect(!document.isOpen(), "when faults stop, every session ends", document::toString);
            context.findings.expect(
                    !document.outbox().isPending(),
                    "when faults stop, every event of a session is published",
                    document::toString);
            context.findings.expect(
                    !served.isServed(document.id()), "when faults stop, nobody is served any more", document::toString);
        }
    }
}
