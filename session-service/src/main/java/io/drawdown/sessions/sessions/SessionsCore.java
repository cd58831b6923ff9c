package io.drawdown.sessions.sessions;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EndReason;
import io.drawdown.kit.time.Scheduler.Timer;
import io.drawdown.sessions.instances.Lease;
import io.drawdown.sessions.instances.LeaseWatch;
import io.drawdown.sessions.sessions.SessionDocument.Owner;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All of session-service but its edges: owns live sessions, meters them, keeps them funded, ends them exactly, and takes
 * over what its dead predecessors left. Single-threaded: every call, and every completion of a port, comes on the thread
 * of its scheduler; so do its own answers.
 */
public final class SessionsCore {

    static final Duration END_PATIENCE = Duration.ofSeconds(2);
    static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private static final Duration STOP_LOOK = Duration.ofMillis(50);
    private static final int MOST_END_REQUESTS = 500;
    private static final long FIRST_EPOCH = 1;

    private final Ports ports;
    private final Machinery machinery;
    private final Settings settings;
    private final SessionOutbox outbox;
    private final Owning owning;
    private final LiveSessions live;
    private final FrontDesk desk;
    private final Recovery recovery;
    private final AccountEvents accountEvents;
    private final Heartbeats heartbeats;
    private final StartingSweep sweep;
    private final Lease lease;
    private final List<Runnable> waitingForLease = new ArrayList<>();

    public SessionsCore(Ports ports, Machinery machinery, Settings settings) {
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
        Standstill standstill = new Standstill(machinery.time(), lease::check);
        Releases releases = new Releases(writes, ports.credits(), machinery);
        owning = new Owning(writes, ports.credits(), releases, ports.media(), standstill, machinery, settings);
        live = new LiveSessions(machinery, standstill);
        LeaseWatch leases = new LeaseWatch(ports.incarnations(), machinery.time());
        recovery = new Recovery(ports.sessions(), leases, ports.heartbeats(), owning, this::isServed);
        desk = new FrontDesk(ports.sessions(), owning, live, new Owners());
        accountEvents = new AccountEvents(ports.sessions(), live, desk, recovery, outbox, owning);
        heartbeats = new Heartbeats(live, ports.events(), machinery, settings.partitions(), lease::incarnation);
        sweep = new StartingSweep(ports.sessions(), owning, desk::isStarting);
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
        return desk.open(socket, ports.authenticator(), identity);
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
                : ports.sessions().get(id).chain(this::billed);
    }

    /** What an ended session cost may have been lost with its owner; it is asked for again. */
    private Uni<Optional<SessionView>> billed(Optional<SessionDocument> found) {
        return found.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : owning.releases().release(found.get()).map(SessionView::of).map(Optional::of);
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
        LiveSession session = live.get(id);
        return session != null ? endHere(session) : ports.sessions().get(id).chain(this::endElsewhere);
    }

    /** Ends all sessions, exactly, and completes when all is written and published, or after 10 s. */
    public Uni<Void> stopGracefully() {
        desk.stop();
        sweep.stop();
        outbox.stop();
        live.endAll(EndReason.RESTARTING);
        long begun = machinery.time().nanos();
        return Uni.createFrom().emitter(emitter -> stopWhenDone(begun, () -> emitter.complete(null)));
    }

    public CoreHealth health() {
        return new CoreHealth(
                lease.isHeld(),
                desk.connections(),
                live.size(),
                desk.starting(),
                outbox.backlog(),
                owning.releases().open());
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

    private Uni<Optional<SessionView>> endHere(LiveSession session) {
        session.end(EndReason.USER);
        return Uni.createFrom().emitter(emitter -> {
            Timer patience =
                    machinery.scheduler().after(END_PATIENCE, () -> emitter.complete(Optional.of(session.view())));
            session.whenClosed(document -> {
                patience.cancel();
                emitter.complete(Optional.of(SessionView.of(document)));
            });
        });
    }

    private Uni<Optional<SessionView>> endElsewhere(Optional<SessionDocument> found) {
        if (found.isEmpty() || !found.get().isOpen()) {
            return billed(found);
        }
        return owning.writes()
                .change(found.get(), now -> now.isOpen() && !now.endRequested() ? now.requestEnd() : null)
                .map(SessionView::of)
                .map(Optional::of);
    }

    private void endRequested(List<String> ids) {
        for (String id : ids) {
            LiveSession session = live.get(id);
            if (session != null) {
                session.end(EndReason.USER);
            } else {
                Consumer<Optional<SessionDocument>> orphan = found -> found.ifPresent(recovery::orphaned);
                ports.sessions().get(id).subscribe().with(orphan, fault -> {});
            }
        }
    }

    private boolean isServed(String id) {
        return live.get(id) != null || desk.isStarting(id);
    }

    private void whenLeased(Runnable action) {
        if (lease.isHeld()) {
            action.run();
        } else {
            waitingForLease.add(action);
        }
    }

    private void stopWhenDone(long begun, Runnable done) {
        boolean isEnded = live.size() == 0 && desk.starting() == 0;
        if (isEnded) {
            outbox.finish();
        }
        boolean idle = isEnded && outbox.isDrained();
        if (idle || machinery.time().nanos() - begun >= STOP_PATIENCE.toNanos()) {
            recovery.stop();
            lease.stop();
            done.run();
        } else {
            machinery.scheduler().after(STOP_LOOK, () -> stopWhenDone(begun, done));
        }
    }

    private @Nullable Owner firstOwner() {
        return lease.isHeld() ? new Owner(lease.incarnation(), settings.instance(), FIRST_EPOCH) : null;
    }

    /** What the lease means for the sessions. */
    private final class LeaseHolder implements Lease.Listener {

        @Override
        public void registered(String incarnation) {
            accountEvents.actAs(firstOwner());
            recovery.startAs(incarnation);
            List.copyOf(waitingForLease).forEach(Runnable::run);
            waitingForLease.clear();
        }

        @Override
        public void renewed(String incarnation, long askedNanos) {
            live.leaseUnbroken(askedNanos);
            ports.sessions()
                    .endRequested(incarnation, MOST_END_REQUESTS)
                    .subscribe()
                    .with(SessionsCore.this::endRequested, fault -> {});
        }

        @Override
        public void fenced(String incarnation) {
            accountEvents.actAs(null);
            recovery.stop();
            desk.fenced();
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
                        .chain(SessionsCore.this::billed)
                        .subscribe()
                        .with(view -> {}, fault -> {});
            }
        }
    }

    /** Who starts a session here. */
    private final class Owners implements FrontDesk.Ownership {

        @Override
        public @Nullable Owner firstOwner() {
            return SessionsCore.this.firstOwner();
        }

        @Override
        public void orphaned(SessionDocument document) {
            recovery.orphaned(document);
        }
    }
}
