package io.drawdown.sessions.recovery;

import io.drawdown.kit.lease.Incarnation;
import io.drawdown.kit.lease.IncarnationStore;
import io.drawdown.kit.lease.LeaseWatch;
import io.drawdown.kit.lease.LeaseWatch.Liveness;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.recovery.HeartbeatHistory.Heard;
import io.drawdown.sessions.recovery.Silences.Silence;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Decides whether an owner that does not renew its lease is lost, and what is proved of its sessions.
 *
 * <p>It is silent while its heartbeats do not rise: a greater beat is a sign of life, whatever the totals say. They are read
 * when the wait begins, two heartbeats before the end, and at the end, so that an owner is heard that was cut off from
 * the broker meanwhile. One that was silent for the whole wait is fenced, so it serves and writes no more. Then its heartbeats
 * are read up to their end. If there is a greater beat among them, it lived, and the wait begins anew: its clients are with it
 * until it learns that it is fenced. Where the broker or the database does not answer, nothing is known, and the wait begins
 * anew too.
 */
public final class LostOwners {

    /** The last heartbeats may be older than the last renewal by this much. */
    static final Duration BEFORE_LAST_RENEWAL = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(LostOwners.class);

    /** For so long the sessions of an incarnation that ended are looked for; later only if their holds are overdue. */
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private static final Duration TWO_HEARTBEATS = Duration.ofSeconds(10);

    private static final String NOBODY = Owner.none(0).incarnation();
    private static final int MOST_MEMBERS = 500;
    private static final int MOST_ENDED = 1_000;

    private final IncarnationStore incarnations;
    private final LeaseWatch leases;
    private final HeartbeatHistory heartbeats;
    private final Silences silences;
    private final Time time;
    private final Set<String> suspected = new TreeSet<>();
    private List<String> living = List.of();

    public LostOwners(IncarnationStore incarnations, LeaseWatch leases, HeartbeatHistory heartbeats, Time time) {
        this.incarnations = incarnations;
        this.leases = leases;
        this.heartbeats = heartbeats;
        this.time = time;
        this.silences = new Silences(time, Reaper.ROUND.multipliedBy(2));
    }

    /** A round begins. */
    void watch() {
        silences.watch();
    }

    /** The others have no sessions any more. */
    void keepOnly(Set<String> owners) {
        silences.keepOnly(owners);
    }

    /** @param silent incarnations that have been seen not to renew for a whole lease */
    record Seen(Team team, List<String> silent) {}

    /** Looks at all incarnations but {@code me}. */
    Uni<Seen> look(String me) {
        return incarnations.others(me, MOST_MEMBERS).map(others -> seen(me, others));
    }

    private Seen seen(String me, List<Incarnation> others) {
        leases.keepOnly(others.stream().map(Incarnation::id).collect(Collectors.toSet()));
        List<String> silent = new ArrayList<>();
        List<String> renewing = new ArrayList<>();
        others.forEach(other -> (leases.standsStill(other) ? silent : renewing).add(other.id()));
        living = renewing;
        silences.forget(living);
        return new Seen(Team.of(me, living), silent);
    }

    /** An overdue hold names a session of it. */
    void suspect(String owner) {
        if (suspected.size() < MOST_ENDED) {
            suspected.add(owner);
        }
    }

    /** All whose sessions may have to be ended; nobody is one of them. */
    Uni<List<String>> suspects(List<String> silent, Instant now) {
        return incarnations.fencedSince(now.minus(REMEMBERED), MOST_ENDED).map(ended -> {
            Set<String> all = new TreeSet<>(ended);
            all.addAll(silent);
            all.addAll(silences.names());
            all.addAll(suspected);
            living.forEach(all::remove);
            all.add(NOBODY);
            suspected.clear();
            return List.copyOf(all);
        });
    }

    void forget() {
        leases.forget();
        silences.forgetAll();
    }

    /** The owner was an earlier process of this instance: it is fenced as soon as its lease has run out. Never fails. */
    Uni<Void> fence(String owner) {
        return leases.look(owner).onFailure().recoverWithNull().replaceWithVoid();
    }

    /** Nobody has to be told what became of these: they have no sessions. Old ones are forgotten. */
    Uni<Void> fenceIdle(List<String> idle) {
        return Multi.createFrom()
                .iterable(idle)
                .onItem()
                .transformToUniAndConcatenate(this::fence)
                .collect()
                .last()
                .chain(() -> idle.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : incarnations.removeFencedBefore(time.now().minus(REMEMBERED.multipliedBy(2))));
    }

    /**
     * What was heard of the owner of these sessions, if it is lost: then it is fenced. Empty: it is not, or it has not been
     * silent for that long. Never fails.
     *
     * @param wait zero: nobody waits for these sessions, neither their clients nor they for their owner
     */
    Uni<Optional<Heard>> lost(String owner, List<SessionDocument> sessions, Duration wait) {
        return lostOrFault(owner, sessions, wait)
                .onFailure()
                .invoke(fault -> LOG.infof("Not known whether an owner is lost: incarnation=%s fault=%s", owner, fault))
                .onFailure()
                .invoke(() -> silences.restart(owner))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private Uni<Optional<Heard>> lostOrFault(String owner, List<SessionDocument> sessions, Duration wait) {
        Silence silence = silences.of(owner);
        if (wait.isZero()) {
            return fenceAndHear(owner, sessions, Long.MAX_VALUE);
        }
        return incarnations.get(owner).chain(found -> {
            Instant from = found.map(Incarnation::renewedAt).orElseGet(() -> earliest(sessions));
            if (silence == null) {
                return hear(from, sessions).map(heard -> begin(owner, heard));
            }
            if (silence.confirmedNanos() == null && silences.isOver(silence, wait.minus(TWO_HEARTBEATS))) {
                return hear(from, sessions).map(heard -> confirm(owner, silence, heard));
            }
            if (!silences.isOver(silence, wait)) {
                return Uni.createFrom().item(Optional.empty());
            }
            boolean mayLive = found.isPresent() && !found.get().fenced();
            return !mayLive
                    ? fenceAndHear(owner, sessions, silence.beat())
                    : hear(from, sessions)
                            .chain(heard -> heard.beatOf(owner) > silence.beat()
                                    ? Uni.createFrom().item(begin(owner, heard))
                                    : fenceAndHear(owner, sessions, silence.beat()));
        });
    }

    private Optional<Heard> confirm(String owner, Silence silence, Heard heard) {
        if (heard.beatOf(owner) > silence.beat()) {
            return begin(owner, heard);
        }
        silences.confirm(owner);
        return Optional.empty();
    }

    private Optional<Heard> begin(String owner, Heard heard) {
        silences.begin(owner, heard.beatOf(owner));
        return Optional.empty();
    }

    private Uni<Optional<Heard>> fenceAndHear(String owner, List<SessionDocument> sessions, long beat) {
        return leases.look(owner).chain(liveness -> switch (liveness) {
            case Liveness.Alive() -> Uni.createFrom().item(Optional.empty());
            case Liveness.Fenced(Instant lastRenewed) -> hearAfter(owner, lastRenewed, sessions, beat);
            case Liveness.Unknown() -> hearAfter(owner, earliest(sessions), sessions, beat);
        });
    }

    private Uni<Optional<Heard>> hearAfter(String owner, Instant from, List<SessionDocument> sessions, long beat) {
        return hear(from, sessions)
                .map(heard -> heard.beatOf(owner) > beat ? begin(owner, heard) : lost(owner, sessions.size(), heard));
    }

    private static Optional<Heard> lost(String owner, int sessions, Heard heard) {
        LOG.infof("Owner is lost and fenced; its sessions are ended: incarnation=%s sessions=%d", owner, sessions);
        return Optional.of(heard);
    }

    private Uni<Heard> hear(Instant from, List<SessionDocument> sessions) {
        Set<String> accounts =
                sessions.stream().map(session -> session.origin().accountId()).collect(Collectors.toSet());
        return heartbeats.since(from.minus(BEFORE_LAST_RENEWAL), accounts);
    }

    private static Instant earliest(List<SessionDocument> sessions) {
        return sessions.stream()
                .map(session -> session.origin().createdAt())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
