package io.drawdown.simulator.sessions;

import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.credits.CreditsSide;
import io.drawdown.simulator.credits.Races;
import io.drawdown.simulator.leases.LeaseInvariants;
import io.drawdown.simulator.sessions.stores.SessionsStores;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.SimulationContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** session-service: its instances with all their incarnations, their database, their clients and their watchers. */
public final class SessionsSide {

    private static final long SECOND = 1_000_000_000;

    private final SimulationContext context;
    private final SessionsStores stores;
    private final List<Watcher> watchers = new ArrayList<>();
    private final ServedSpans served;
    private final List<SessionsHost> hosts = new ArrayList<>();
    private final LeaseInvariants leases;
    private final SessionsSettings settings;
    private final Set<String> over = new HashSet<>();

    public SessionsSide(
            SimulationContext context,
            Broker broker,
            CreditsSide credits,
            Races races,
            List<SessionsSettings> instances) {
        this.context = context;
        this.settings = instances.getFirst();
        stores = SessionsStores.in(new Database(context.timeline, context.random("sessions database")));
        served = new ServedSpans(context, watchers);
        leases = new LeaseInvariants(context, stores.leases());
        CreditsOverHttp.Place place = new CreditsOverHttp.Place(credits, races);
        instances.forEach(each -> hosts.add(new SessionsHost(this, context, broker, place, each)));
        stores.sessions().whenCommitted((id, document) -> committed(document));
    }

    public void start() {
        hosts.forEach(SessionsHost::start);
    }

    /** From now on the watcher hears everything. */
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    List<Watcher> watchers() {
        return watchers;
    }

    /** Of every instance, but for its name. */
    public SessionsSettings settings() {
        return settings;
    }

    public SessionsHost any(RandomGenerator random) {
        return hosts.get(random.nextInt(hosts.size()));
    }

    /** All living processes of all instances. */
    public List<SessionsProcess> running() {
        List<SessionsProcess> running = new ArrayList<>();
        hosts.forEach(host -> running.addAll(host.running()));
        return running;
    }

    /** The process that a new connection reaches: the proxy before the instances prefers one that answers. */
    @Nullable
    SessionsProcess reach(RandomGenerator random) {
        int first = random.nextInt(hosts.size());
        SessionsProcess reached = null;
        for (int each = 0; each < hosts.size(); each++) {
            SessionsProcess next = hosts.get((first + each) % hosts.size()).any(random);
            if (next != null && (!next.process().isFrozen() || random.nextInt(4) == 0)) {
                return next;
            }
            reached = reached == null ? next : reached;
        }
        return reached;
    }

    /** No instance reaches the broker for a while. */
    public void loseBroker(RandomGenerator random) {
        long nanos = SECOND + random.nextLong(25 * SECOND);
        hosts.forEach(host -> host.loseBroker(nanos));
    }

    LeaseInvariants leases() {
        return leases;
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
