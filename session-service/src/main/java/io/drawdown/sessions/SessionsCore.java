package io.drawdown.sessions;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.SessionControl;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.lease.Lease;
import io.drawdown.kit.lease.LeaseWatch;
import io.drawdown.kit.socket.Identity;
import io.drawdown.kit.socket.SocketPort;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.store.RandomIds;
import io.drawdown.kit.time.Polling;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.control.ControlPublisher;
import io.drawdown.sessions.control.OwnerControl;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionOutbox;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.funding.Releases;
import io.drawdown.sessions.gateway.GatewaySessions;
import io.drawdown.sessions.gateway.GatewayTerms;
import io.drawdown.sessions.gateway.UnbilledUsage;
import io.drawdown.sessions.live.FinalWrite;
import io.drawdown.sessions.live.Heartbeats;
import io.drawdown.sessions.live.LiveSession;
import io.drawdown.sessions.live.LiveSessions;
import io.drawdown.sessions.live.OwnerWrites;
import io.drawdown.sessions.live.StallDetector;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.recovery.LostOwners;
import io.drawdown.sessions.recovery.OrphanTakeover;
import io.drawdown.sessions.recovery.OverdueHolds;
import io.drawdown.sessions.recovery.Reaper;
import io.drawdown.sessions.recovery.SessionTakeover;
import io.drawdown.sessions.recovery.UnansweredEnds;
import io.drawdown.sessions.recovery.UnownedSessions;
import io.drawdown.sessions.resume.FormerOwners;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All of session-service but its edges: owns live sessions, meters them, keeps them funded, ends them exactly, and takes
 * over those of other instances: for a client that comes back, or to end what nobody serves. Single-threaded: every call, and
 * every completion of a port, comes on the thread of its scheduler; so do its own answers.
 */
public final class SessionsCore {

    static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private static final Duration STOP_LOOK = Duration.ofMillis(50);
    private static final long FIRST_EPOCH = 1;

    private final SessionsPorts ports;
    private final SessionsSettings settings;
    private final Time time;
    private final Scheduler scheduler;
    private final SessionOutbox outbox;
    private final Releases releases;
    private final LiveSessions live;
    private final Clients clients;
    private final OrphanTakeover takeover;
    private final Reaper reaper;
    private final UnansweredEnds unanswered;
    private final OverdueHolds overdueHolds;
    private final AccountEvents accountEvents;
    private final Heartbeats heartbeats;
    private final UnbilledUsage unbilled;
    private final GatewaySessions gateways;
    private final Lease lease;
    private final EndRequests ends;
    private final SessionRequests requests;
    private final OwnerControl ownerControl;
    private final List<Runnable> waitingForLease = new ArrayList<>();
    private boolean stopping;

    /** @param random for ids and jitter */
    public SessionsCore(
            SessionsPorts ports, SessionsSettings settings, Time time, Scheduler scheduler, RandomGenerator random) {
        this.ports = ports;
        this.settings = settings;
        this.time = time;
        this.scheduler = scheduler;
        SessionStore store = ports.sessions();
        CreditsClient credits = ports.credits();
        outbox = new SessionOutbox(
                store, ports.events(), new OutgoingEvents(store, this::live, this::bill), time, scheduler, random);
        unbilled = new UnbilledUsage(outbox::offer);
        GuardedWrites<SessionDocument> writes =
                new GuardedWrites<>(store, outbox::stamp, unbilled, time, scheduler, random);
        releases = new Releases(writes, credits, scheduler);
        lease = lease(new RandomIds(random));
        StallDetector stalls = new StallDetector(time, lease::check);
        OwnerWrites owned = new OwnerWrites(writes, new FinalWrite(writes, releases, time, scheduler));
        live = new LiveSessions(ports.media(), stalls, credits, owned, time, scheduler, settings);
        SessionTakeover sessionTakeover =
                new SessionTakeover(writes, credits, releases, this::isLiveOrStarting, live::stopIfReplaced);
        takeover = new OrphanTakeover(store, sessionTakeover, this::isLiveOrStarting, scheduler, random);
        reaper = reaper(new UnownedSessions(writes, releases, time), takeover);
        ControlPublisher control = new ControlPublisher(ports.events(), new RandomIds(random), time);
        FormerOwners owners = new FormerOwners(ports.incarnations(), ports.heartbeats(), control, time);
        unanswered = new UnansweredEnds(store, sessionTakeover, owners, this::ownerOfStarts, time, scheduler);
        clients = new Clients(
                ports,
                settings,
                new Clients.Parts(writes, releases, live, stalls, owners, time, scheduler),
                this::ownerOfStarts,
                takeover::orphaned);
        overdueHolds = new OverdueHolds(store, writes, releases, outbox, reaper, this::isLiveOrStarting, time);
        gateways = new GatewaySessions(store, writes, credits, releases, GatewayTerms.of(settings), time, scheduler);
        heartbeats = new Heartbeats(live, ports.events(), time, scheduler, settings.partitions(), lease::incarnation);
        ends = new EndRequests(store, live, writes, releases, scheduler, unanswered::ask, takeover::orphaned);
        requests = new SessionRequests(
                new PauseRequests(store, live, control, time, scheduler), new SessionEnds(store, ends));
        SuspendedAccounts suspended = new SuspendedAccounts(store, credits, ends, scheduler);
        accountEvents = new AccountEvents(live, overdueHolds, gateways, suspended);
        ownerControl = new OwnerControl(live, lease::incarnation, () -> ends.endWanted(lease.incarnation()));
    }

    private Lease lease(RandomIds ids) {
        LeaseHolder holder = new LeaseHolder();
        return new Lease(
                ports.incarnations(), settings.instance(), ids, SessionsSettings.LEASE, time, scheduler, holder);
    }

    private Reaper reaper(UnownedSessions unowned, OrphanTakeover lost) {
        LeaseWatch leases = new LeaseWatch(ports.incarnations(), SessionsSettings.LEASE, time);
        LostOwners owners = new LostOwners(ports.incarnations(), leases, ports.heartbeats(), time);
        return new Reaper(ports.sessions(), owners, unowned, lost, time, scheduler, settings);
    }

    /** Completes when this instance has its lease and takes sessions; it tries for as long as that takes. */
    public Uni<Void> start() {
        live.start();
        heartbeats.start();
        clients.start();
        gateways.start();
        unanswered.start();
        outbox.start();
        lease.start();
        return Uni.createFrom().emitter(emitter -> whenLeased(() -> emitter.complete(null)));
    }

    /** @param identity by the token of the handshake; null if there was none, then an {@code authenticate} frame must come */
    public ClientConnection opened(SocketPort<Frame> socket, @Nullable Identity identity) {
        return clients.open(socket, identity);
    }

    /** Whether an event of that account is worth decoding; what is for all instances always is. */
    public boolean concerns(String accountId) {
        return !live.ofAccount(accountId).isEmpty();
    }

    /** Never fails: a later event or an answer makes up for an event that is missed. */
    public void handleAccountEvents(List<AccountEvent> events) {
        accountEvents.handle(events);
    }

    /** Never fails: what is missed is in the documents too. */
    public void handleControls(List<SessionControl> controls) {
        ownerControl.handle(controls);
    }

    public Uni<Optional<SessionView>> read(String id) {
        LiveSession session = live.get(id);
        return session != null
                ? Uni.createFrom().item(Optional.of(session.view()))
                : ports.sessions().get(id).chain(ends::fetchBill);
    }

    /** In order of id after the cursor; of one account or of all. */
    public Uni<List<SessionView>> list(@Nullable String accountId, @Nullable String cursor, int limit) {
        return ports.sessions()
                .page(accountId, cursor, limit)
                .map(page -> page.stream().map(this::viewed).toList());
    }

    /** Ends it exactly, here or at its owner. The answer shows it after at most 2 s; empty: there is no such session. */
    public Uni<Optional<SessionView>> end(String id, EndReason reason, @Nullable TraceContext trace) {
        return ends.end(id, new EndRequests.Wish(reason, trace));
    }

    public SessionRequests requests() {
        return requests;
    }

    /** Hands all sessions over, exactly. Answers true when all is written and published, and false after 10 s. */
    public Uni<Boolean> stopGracefully() {
        stopping = true;
        clients.stop();
        gateways.stop();
        unanswered.stop();
        accountEvents.stop();
        outbox.stop();
        live.handOverAll();
        return new Polling(time, scheduler, STOP_LOOK)
                .until(this::drain, STOP_PATIENCE)
                .invoke(isDone -> reaper.stop())
                .invoke(isDone -> lease.stop());
    }

    public GatewaySessions gateways() {
        return gateways;
    }

    public CoreHealth health() {
        return new CoreHealth(
                lease.isHeld(),
                clients.isFull(),
                clients.connections(),
                live.size(),
                clients.starting(),
                outbox.backlog(),
                releases.open(),
                unbilled.millis());
    }

    private SessionView viewed(SessionDocument document) {
        LiveSession session = live.get(document.id());
        return session == null ? SessionView.of(document) : session.view();
    }

    private @Nullable LiveSession live(String id) {
        return live.get(id);
    }

    private Uni<Optional<SessionView>> bill(Optional<SessionDocument> found) {
        return ends.fetchBill(found);
    }

    private boolean isLiveOrStarting(String id) {
        return live.get(id) != null || clients.isComing(id);
    }

    private void whenLeased(Runnable action) {
        if (lease.isHeld()) {
            action.run();
        } else {
            waitingForLease.add(action);
        }
    }

    /** Lets the outbox finish once no session is left here. Answers whether nothing is left. */
    private boolean drain() {
        boolean isEnded = live.size() + clients.coming() == 0;
        if (isEnded) {
            outbox.finish();
        }
        return isEnded && outbox.isDrained();
    }

    private @Nullable Owner ownerOfStarts() {
        return lease.isHeld() && !stopping ? firstOwner(lease.incarnation()) : null;
    }

    private Owner firstOwner(String incarnation) {
        return new Owner(incarnation, settings.instance(), FIRST_EPOCH);
    }

    /** What the lease means for the sessions. */
    private final class LeaseHolder implements Lease.Listener {

        @Override
        public void registered(String incarnation, long askedNanos) {
            Owner me = firstOwner(incarnation);
            overdueHolds.actAs(me);
            reaper.startAs(me, askedNanos);
            List.copyOf(waitingForLease).forEach(Runnable::run);
            waitingForLease.clear();
        }

        @Override
        public void renewed(String incarnation, long askedNanos) {
            live.leaseUnbroken(askedNanos);
            reaper.leaseUnbroken(askedNanos);
            ends.endWanted(incarnation);
        }

        @Override
        public void fenced(String incarnation) {
            overdueHolds.actAs(null);
            reaper.stop();
            clients.fenced();
            live.fenced();
        }
    }
}
