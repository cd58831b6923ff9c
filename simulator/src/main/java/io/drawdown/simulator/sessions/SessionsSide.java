package io.drawdown.simulator.sessions;

import io.drawdown.sessions.sessions.SessionDocument;
import io.drawdown.sessions.sessions.Settings;
import io.drawdown.sessions.sessions.StoredState;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.credits.CreditsSide;
import io.drawdown.simulator.credits.Races;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Ground;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** session-service: one instance with all its incarnations on one database, and what is known of it. */
public final class SessionsSide {

    private final Ground ground;
    private final SessionsStores stores;
    private final List<Watcher> watchers = new ArrayList<>();
    private final ServedSpans served;
    private final SessionsHost host;
    private final Settings settings;
    private final Set<String> over = new HashSet<>();

    public SessionsSide(Ground ground, Broker broker, CreditsSide credits, Races races, Settings settings) {
        this.ground = ground;
        this.settings = settings;
        stores = SessionsStores.in(new Database(ground.timeline, ground.random("sessions database")));
        served = new ServedSpans(ground, watchers);
        host = new SessionsHost(this, ground, broker, new CreditsOverHttp.Place(credits, races), settings);
        stores.sessions().whenCommitted((id, document) -> committed(document));
    }

    public void start() {
        host.start();
    }

    /** From now on that one is told. */
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    List<Watcher> watchers() {
        return watchers;
    }

    Settings settings() {
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
        StoredState life = document.life();
        ground.trace.say(
                "sessions",
                () -> document.id() + " of " + document.origin().accountId() + " is " + life.name()
                        + (life.usedMillis() == null ? "" : " at " + life.usedMillis() + " ms, " + life.reason())
                        + ", owner " + document.owner());
        if (!document.isOpen() && over.add(document.id() + " " + life.name())) {
            ground.counts.count(life.reason() == null ? "start refused" : "end " + life.reason());
        }
        watchers.forEach(watcher -> watcher.committed(document));
    }

    /** Whether nothing is left to be done. */
    public boolean isAtRest() {
        for (SessionDocument document : stores.sessions().all()) {
            if (document.isOpen() || document.pending() != null) {
                return false;
            }
        }
        return true;
    }

    /** When all has come to rest. */
    public void settled() {
        for (SessionDocument document : stores.sessions().all()) {
            ground.findings.expect(!document.isOpen(), "when faults stop every session ends", document::toString);
            ground.findings.expect(
                    document.pending() == null,
                    "when faults stop every event of a session is published",
                    document::toString);
            ground.findings.expect(
                    !served.isServed(document.id()), "when faults stop nobody is served any more", document::toString);
        }
    }
}
