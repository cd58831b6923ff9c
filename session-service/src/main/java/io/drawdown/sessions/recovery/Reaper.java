package io.drawdown.sessions.recovery;

import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Starting;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.document.SessionStore.Owned;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ends the sessions that nobody serves and whose clients do not come back within the grace period, whoever owned them.
 *
 * <p>Every instance does it for all. A session of a lost owner is taken over and ended at what is proved of its total: {@link
 * LostOwners}, {@link OrphanTakeover}. A session that was handed over is ended at the handed total, in the same epoch, without
 * a takeover. A paused one is left alone for as long as its pause may last. One that this instance began to resume and serves
 * no more is brought to its end. A client that returns competes by the revision of the document. Who is not sure of its own
 * lease judges nobody.
 */
public final class Reaper {

    private static final Logger LOG = Logger.getLogger(Reaper.class);

    static final Duration ROUND = Duration.ofSeconds(1);
    private static final int PAUSE_ROUNDS = 5;
    private static final int PAGE = 500;
    private static final int MOST_PAGES = 4;
    private static final int OWNERS_AT_ONCE = 4;
    private static final int SESSIONS_AT_ONCE = 32;

    private final SessionStore store;
    private final OrphanTakeover takeover;
    private final LostOwners owners;
    private final UnownedSessions unowned;
    private final Time time;
    private final SessionsSettings settings;
    private final PeriodicTask rounds;
    private @Nullable Owner me;
    private long unbrokenNanos;
    private List<String> silent = List.of();
    private @Nullable Pass pass;
    private int roundsSincePass;

    public Reaper(
            SessionStore store,
            LostOwners owners,
            UnownedSessions unowned,
            OrphanTakeover takeover,
            Time time,
            Scheduler scheduler,
            SessionsSettings settings) {
        this.store = store;
        this.owners = owners;
        this.unowned = unowned;
        this.takeover = takeover;
        this.time = time;
        this.settings = settings;
        this.rounds = PeriodicTask.of("reaper", scheduler, ROUND, this::round);
    }

    /** @param askedNanos monotonic time at which its lease was asked for */
    public void startAs(Owner owner, long askedNanos) {
        me = owner;
        unbrokenNanos = askedNanos;
        takeover.startAs(owner);
        rounds.startNow();
    }

    /** The lease of this instance was unbroken at some moment after {@code askedNanos}. */
    public void leaseUnbroken(long askedNanos) {
        unbrokenNanos = askedNanos;
    }

    /** This instance may not write under its name. */
    public void stop() {
        me = null;
        takeover.stop();
        forget();
    }

    /** Its hold is overdue. One that was handed over waits for its client, as ever. */
    void overdue(SessionDocument session) {
        Owner self = me;
        if (self != null && session.owner().incarnation().equals(self.incarnation())) {
            takeover.orphaned(session);
        } else if (!session.owner().isNone()) {
            owners.suspect(session.owner().incarnation());
        }
    }

    private void forget() {
        owners.forget();
        unowned.forget();
        pass = null;
        silent = List.of();
    }

    private boolean mayJudge(Owner self) {
        return self.equals(me)
                && time.nanos() - unbrokenNanos
                        < SessionsSettings.LEASE.length().toNanos();
    }

    /** There is one every second: a fault is not logged, because all else that meets it says so. */
    private Uni<Void> round() {
        return judge().onFailure()
                .invoke(fault -> LOG.debugf("Nobody was judged in this round: fault=%s", fault))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> judge() {
        Owner self = me;
        if (self == null || !mayJudge(self)) {
            forget();
            return Uni.createFrom().voidItem();
        }
        owners.watch();
        unowned.watch();
        return owners.look(self.incarnation()).chain(seen -> {
            boolean isDue = !silent.equals(seen.silent()) || ++roundsSincePass >= PAUSE_ROUNDS;
            silent = seen.silent();
            return pass == null && !isDue
                    ? Uni.createFrom().voidItem()
                    : pass(self, seen).chain(current -> goOn(current, MOST_PAGES));
        });
    }

    /** One walk over all sessions that may have to be ended. It may take several rounds. */
    private static final class Pass {
        private final Owner self;
        private final Team team;
        private final List<String> suspects;
        private final Set<String> seen = new HashSet<>();
        private String afterId = "";

        Pass(Owner self, Team team, List<String> suspects) {
            this.self = self;
            this.team = team;
            this.suspects = suspects;
        }
    }

    private Uni<Pass> pass(Owner self, LostOwners.Seen seen) {
        Pass current = pass;
        if (current != null && current.self.equals(self)) {
            return Uni.createFrom().item(current);
        }
        return owners.suspects(seen.silent(), time.now()).map(suspects -> {
            roundsSincePass = 0;
            Pass fresh = new Pass(self, seen.team(), suspects);
            pass = fresh;
            return fresh;
        });
    }

    private Uni<Void> goOn(Pass current, int pagesLeft) {
        if (pagesLeft == 0) {
            return Uni.createFrom().voidItem();
        }
        Owned which = new Owned(current.suspects, false, current.afterId);
        return store.ofOwners(which, PAGE).chain(page -> {
            if (page.isEmpty()) {
                return endResuming(current).chain(() -> ended(current));
            }
            current.afterId = page.getLast().id();
            return examine(current, page).chain(() -> goOn(current, pagesLeft - 1));
        });
    }

    /** What this pass has not seen is not there any more. */
    private Uni<Void> ended(Pass current) {
        if (current != pass) {
            return Uni.createFrom().voidItem();
        }
        pass = null;
        owners.keepOnly(current.seen);
        unowned.keepOnly(current.seen);
        return owners.fenceIdle(
                silent.stream().filter(name -> !current.seen.contains(name)).toList());
    }

    private Uni<Void> examine(Pass current, List<SessionDocument> page) {
        Map<String, List<SessionDocument>> byOwner = page.stream()
                .collect(Collectors.groupingBy(
                        document -> document.owner().incarnation(), LinkedHashMap::new, Collectors.toList()));
        return Multi.createFrom()
                .iterable(byOwner.entrySet())
                .onItem()
                .transformToUni(each -> examine(current, each.getKey(), each.getValue()))
                .merge(OWNERS_AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> examine(Pass current, String owner, List<SessionDocument> sessions) {
        if (sessions.getFirst().owner().isNone()) {
            return endOver(current, sessions);
        }
        current.seen.add(owner);
        boolean isMine = sessions.getFirst().owner().instance().equals(current.self.instance());
        Duration wait = settings.gracePeriod().plus(isMine ? Duration.ZERO : current.team.delay(owner));
        Map<Boolean, List<SessionDocument>> byWait = sessions.stream()
                .filter(session -> session.isEndWanted() || !isPaused(session))
                .collect(Collectors.partitioningBy(
                        session -> session.isEndWanted() || (isMine && session.state() instanceof Starting)));
        return endLost(current, owner, byWait.getOrDefault(true, List.of()), Duration.ZERO)
                .chain(() -> isMine ? owners.fence(owner) : Uni.createFrom().voidItem())
                .chain(() -> endLost(current, owner, byWait.getOrDefault(false, List.of()), wait));
    }

    private Uni<Void> endLost(Pass current, String owner, List<SessionDocument> sessions, Duration wait) {
        return sessions.isEmpty()
                ? Uni.createFrom().voidItem()
                : owners.lost(owner, sessions, wait)
                        .chain(heard -> heard.isPresent() && mayJudge(current.self)
                                ? takeover.takeOverAll(sessions, heard.get())
                                : Uni.createFrom().voidItem());
    }

    /** Whether its client may still stay away: a pause needs none. */
    private boolean isPaused(SessionDocument session) {
        Instant since = session.pausedAt();
        return since != null && time.now().isBefore(since.plus(settings.pausedAtMost()));
    }

    private Uni<Void> endOver(Pass current, List<SessionDocument> handedOver) {
        return Multi.createFrom()
                .iterable(handedOver)
                .select()
                .where(session -> isOver(current, session))
                .onItem()
                .transformToUni(unowned::end)
                .merge(SESSIONS_AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private boolean isOver(Pass current, SessionDocument session) {
        current.seen.add(UnownedSessions.name(session));
        return mayJudge(current.self)
                && unowned.isOver(session, settings.gracePeriod().plus(current.team.delay(session.id())))
                && !isPaused(session);
    }

    /** What this instance began to resume is its own to end. */
    private Uni<Void> endResuming(Pass current) {
        return store.ofOwners(new Owned(List.of(current.self.incarnation()), true, ""), PAGE)
                .invoke(page -> page.forEach(session -> {
                    current.seen.add(UnownedSessions.name(session));
                    if (unowned.isOver(session, settings.gracePeriod())) {
                        takeover.orphaned(session);
                    }
                }))
                .replaceWithVoid();
    }
}
