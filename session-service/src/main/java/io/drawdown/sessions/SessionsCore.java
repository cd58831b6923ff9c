package io.drawdown.sessions;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EndReason;
import io.drawdown.kit.time.Polling;
import io.drawdown.sessions.config.CoreContext;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.connection.Connection;
import io.drawdown.sessions.connection.Identity;
import io.drawdown.sessions.connection.SocketPort;
import io.drawdown.sessions.document.GuardedWrites;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionOutbox;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.funding.Releases;
import io.drawdown.sessions.lease.Lease;
import io.drawdown.sessions.lease.LeaseWatch;
import io.drawdown.sessions.live.Heartbeats;
import io.drawdown.sessions.live.LiveSession;
import io.drawdown.sessions.live.LiveSessions;
import io.drawdown.sessions.live.OwnerContext;
import io.drawdown.sessions.live.StallDetector;
import io.drawdown.sessions.recovery.AccountEvents;
import io.drawdown.sessions.recovery.OrphanTakeover;
import io.drawdown.sessions.start.SessionAdmission;
import io.drawdown.sessions.start.StartingSweep;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All of session-service but its edges: owns live sessions, meters them, keeps them funded, ends them exactly, and takes
 * over what its dead predecessors left. Single-threaded: every call, and every completion of a port, comes on the thread
 * of its scheduler; so do its own answers.
 */
public final class SessionsCore {

    static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private static final Duration STOP_LOOK = Duration.ofMillis(50);
    private static final long FIRST_EPOCH = 1;

    private final SessionsPorts ports;
    private final CoreContext machinery;
    private final SessionsSettings settings;
    private final SessionOutbox outbox;
    private final OwnerContext context;
    private final LiveSessions live;
    private final SessionAdmission admission;
    private final OrphanTakeover takeover;
    private final AccountEvents accountEvents;
    private final Heartbeats heartbeats;
    private final StartingSweep sweep;
    private final Lease lease;
    private final EndRequests ends;
    private final List<Runnable> waitingForLease = new ArrayList<>();

    public SessionsCore(SessionsPorts ports, CoreContext machinery, SessionsSettings settings) {
        this.ports = ports;
        this.machinery = machinery;
        this.settings = settings;
        outbox = new SessionOutbox(ports.sessions(), ports.events(), machinery, new Outgoing());
        GuardedWrites writes = new GuardedWrites(ports.sessions(), outbox, machinery);
        lease = new Lease(
                ports.incarnations(),
                settings.instance(),
                machinery::randomId,
                machinery.time(),
                machinery.scheduler(),
                new LeaseHolder());
        StallDetector stalls = new StallDetector(machinery.time(), lease::check);
        Releases releases = new Releases(writes, ports.credits(), machinery);
        context = new OwnerContext(writes, ports.credits(), releases, ports.media(), stalls, machinery, settings);
        live = new LiveSessions(machinery, stalls);
        LeaseWatch leases = new LeaseWatch(ports.incarnations(), machinery.time());
        takeover = new OrphanTakeover(ports.sessions(), leases, ports.heartbeats(), context, this::isServed);
        admission = new SessionAdmission(ports.sessions(), context, live, new Owners());
        accountEvents = new AccountEvents(ports.sessions(), live, admission, takeover, outbox, context);
        heartbeats = new Heartbeats(live, ports.events(), machinery, settings.partitions(), lease::incarnation);
        ends = new EndRequests(ports.sessions(), live, context, takeover::orphaned);
        sweep = new StartingSweep(ports.sessions(), context, admission::isStarting);
    }

    /** Completes when this instance has its lease and takes sessions; it tries for as long as that takes. */
    public Uni<Void> start() {
        live.start();
        heartbeats.start();
        sweep.start();
        outbox.start();
        lease.start();
        return Uni.createFrom().emitter(emitter -> whenLeased(() -> emitter.complete(null)));
    }

    /** @param identity by the token of the handshake; null if there was none, then an {@code authenticate} frame must come */
    public Connection opened(SocketPort socket, @Nullable Identity identity) {
        return admission.open(socket, ports.authenticator(), identity);
    }

    /** Whether an event of that account is worth decoding; overdue events always are. */
    public boolean concerns(String accountId) {
        return !live.ofAccount(accountId).isEmpty();
    }

    /** Never fails: what is missed is told again by a later event or an answer. */
    public void handleAccountEvents(List<AccountEvent> events) {
        accountEvents.handle(events);
    }

    public Uni<Optional<SessionView>> read(String id) {
        LiveSession session = live.get(id);
        return session != null
                ? Uni.createFrom().item(Optional.of(session.view()))
                : ports.sessions().get(id).chain(ends::billed);
    }

    /** In order of id after the cursor; of one account or of all. */
    public Uni<List<SessionView>> list(@Nullable String accountId, @Nullable String cursor, int limit) {
        return ports.sessions()
                .page(accountId, cursor, limit)
                .map(page -> page.stream().map(this::viewed).toList());
    }

    /**
     * Ends the session, exactly if it lives here; else its owner is told. The answer shows how far that has come within
     * 2 s; empty: there is no such session.
     */
    public Uni<Optional<SessionView>> end(String id) {
        return ends.end(id);
    }

    /** Ends all sessions, exactly. Answers true when all is written and published, and false after 10 s. */
    public Uni<Boolean> stopGracefully() {
        admission.stop();
        sweep.stop();
        outbox.stop();
        live.endAll(EndReason.RESTARTING);
        return new Polling(machinery.time(), machinery.scheduler(), STOP_LOOK)
                .until(this::isDone, STOP_PATIENCE)
                .invoke(isDone -> takeover.stop())
                .invoke(isDone -> lease.stop());
    }

    public CoreHealth health() {
        return new CoreHealth(
                lease.isHeld(),
                admission.connections(),
                live.size(),
                admission.starting(),
                outbox.backlog(),
                context.releases().open());
    }

    /**
     * @param leased whether sessions can be started
     * @param backlog life-cycle events that are not published yet
     * @param releasing ended sessions whose credits may not be given back yet
     */
    public record CoreHealth(boolean leased, int connections, int live, int starting, int backlog, int releasing) {}

    private SessionView viewed(SessionDocument document) {
        LiveSession session = live.get(document.id());
        return session == null ? SessionView.of(document) : session.view();
    }

    private boolean isServed(String id) {
        return live.get(id) != null || admission.isStarting(id);
    }

    private void whenLeased(Runnable action) {
        if (lease.isHeld()) {
            action.run();
        } else {
            waitingForLease.add(action);
        }
    }

    private boolean isDone() {
        boolean isEnded = live.size() == 0 && admission.starting() == 0;
        if (isEnded) {
            outbox.finish();
        }
        return isEnded && outbox.isDrained();
    }

    private @Nullable Owner firstOwner() {
        return lease.isHeld() ? new Owner(lease.incarnation(), settings.instance(), FIRST_EPOCH) : null;
    }

    /** What the lease means for the sessions. */
    private final class LeaseHolder implements Lease.Listener {

        @Override
        public void registered(String incarnation) {
            accountEvents.actAs(firstOwner());
            takeover.startAs(incarnation);
            List.copyOf(waitingForLease).forEach(Runnable::run);
            waitingForLease.clear();
        }

        @Override
        public void renewed(String incarnation, long askedNanos) {
            live.leaseUnbroken(askedNanos);
            ends.endRequested(incarnation);
        }

        @Override
        public void fenced(String incarnation) {
            accountEvents.actAs(null);
            takeover.stop();
            admission.fenced();
            live.fenced();
        }
    }

    /** What becomes of the events of sessions. */
    private final class Outgoing implements SessionOutbox.Listener {

        @Override
        public void trimmed(Map<String, Long> drainedTo) {
            drainedTo.forEach((id, seq) -> {
                LiveSession session = live.get(id);
                if (session != null) {
                    session.trimmed(seq);
                }
            });
        }

        /** Its owner may have died between its end and its release; only the stored end counts. */
        @Override
        public void unpublished(SessionDocument document) {
            if (document.isUnbilled()) {
                ports.sessions()
                        .get(document.id())
                        .chain(ends::billed)
                        .subscribe()
                        .with(view -> {}, fault -> {});
            }
        }
    }

    /** Who starts a session here. */
    private final class Owners implements SessionAdmission.Ownership {

        @Override
        public @Nullable Owner firstOwner() {
            return SessionsCore.this.firstOwner();
        }

        @Override
        public void orphaned(SessionDocument document) {
            takeover.orphaned(document);
        }
    }
}
