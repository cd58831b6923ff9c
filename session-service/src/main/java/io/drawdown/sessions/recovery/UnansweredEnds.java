package io.drawdown.sessions.recovery;

import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Held;
import io.drawdown.sessions.document.SessionStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ends the sessions whose ends are wanted and whose owners do not answer, whether they live or not.
 *
 * <p>That the end is wanted is in the document, so every instance sees it, and whoever asked may die. Whoever has seen for
 * {@link #PATIENCE} that its owner ended neither it nor another one takes the session over, as for a client that comes back: the greatest
 * heartbeat is the proof, and the owner is not fenced for one session. The greater epoch in the document and in the hold
 * stops it.
 */
public final class UnansweredEnds {

    /** How long the owner may take to write the end. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    static final Duration ROUND = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(UnansweredEnds.class);
    private static final String OF = " ";
    private static final int PAGE = 500;
    private static final int AT_ONCE = 16;

    private final SessionStore store;
    private final SessionTakeover takeover;
    private final Owners owners;
    private final Supplier<@Nullable Owner> me;
    private final Silences waits;
    private final PeriodicTask rounds;
    private final Set<String> inHand = new HashSet<>();

    /** The owners of these sessions. */
    public interface Owners {
        /** Tells it that the session is to end. */
        void askToEnd(SessionDocument session);

        /** Its greatest heartbeat of the session until now. */
        Uni<Optional<MeterReading>> proof(SessionDocument session);
    }

    /** @param me this instance as an owner; null while it takes no sessions */
    public UnansweredEnds(
            SessionStore store,
            SessionTakeover takeover,
            Owners owners,
            Supplier<@Nullable Owner> me,
            Time time,
            Scheduler scheduler) {
        this.store = store;
        this.takeover = takeover;
        this.owners = owners;
        this.me = me;
        this.waits = new Silences(time, ROUND.multipliedBy(2));
        this.rounds = PeriodicTask.of("ends that are not answered", scheduler, ROUND, this::round);
    }

    public void start() {
        rounds.start();
    }

    public void stop() {
        rounds.stop();
    }

    /** The document says that the session is to end: its owner is told. */
    public void ask(SessionDocument session) {
        owners.askToEnd(session);
        waits.watch();
        begin(session);
    }

    private static String name(SessionDocument session) {
        return session.owner().incarnation()
                + OF
                + session.id()
                + OF
                + session.owner().epoch();
    }

    private static String ownerOf(String name) {
        return name.substring(0, name.indexOf(OF));
    }

    private void begin(SessionDocument session) {
        if (waits.of(name(session)) == null) {
            waits.begin(name(session), 0);
        }
    }

    private Uni<Void> round() {
        Owner self = me.get();
        if (self == null) {
            waits.forgetAll();
            return Uni.createFrom().voidItem();
        }
        waits.watch();
        return store.endsWanted(PAGE)
                .chain(found -> look(self, found))
                .onFailure()
                .invoke(fault -> LOG.debugf("No end was looked for in this round: fault=%s", fault))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> look(Owner self, List<SessionDocument> found) {
        List<SessionDocument> wanted = found.stream()
                .filter(session -> session.state() instanceof Held && isAnothers(self, session))
                .toList();
        restartAnswering(wanted.stream().map(UnansweredEnds::name).collect(Collectors.toSet()));
        wanted.forEach(this::begin);
        return Multi.createFrom()
                .iterable(wanted)
                .select()
                .where(this::isOver)
                .onItem()
                .transformToUni(session -> end(self, session))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** An owner of which one session ended since the last round answers: it may have many to end. */
    private void restartAnswering(Set<String> wanted) {
        Set<String> answering = waits.names().stream()
                .filter(name -> !wanted.contains(name))
                .map(UnansweredEnds::ownerOf)
                .collect(Collectors.toSet());
        waits.keepOnly(wanted);
        wanted.stream().filter(name -> answering.contains(ownerOf(name))).forEach(waits::restart);
    }

    /** What this instance owns it ends by itself. */
    private static boolean isAnothers(Owner self, SessionDocument session) {
        return !session.owner().isNone() && !session.owner().incarnation().equals(self.incarnation());
    }

    private boolean isOver(SessionDocument session) {
        Silences.Silence wait = waits.of(name(session));
        return wait != null && waits.isOver(wait, PATIENCE);
    }

    /** Never fails: what could not be done now is done by a later round, here or elsewhere. */
    private Uni<Void> end(Owner self, SessionDocument session) {
        if (!inHand.add(session.id())) {
            return Uni.createFrom().voidItem();
        }
        LOG.infof("End not answered, session is taken over: sessionId=%s owner=%s", session.id(), session.owner());
        return owners.proof(session)
                .chain(known -> takeover.takeOver(self, session, known.orElse(null)))
                .onFailure()
                .invoke(fault -> LOG.infof("Not taken over yet: sessionId=%s fault=%s", session.id(), fault))
                .onFailure()
                .recoverWithNull()
                .onTermination()
                .invoke(() -> inHand.remove(session.id()))
                .replaceWithVoid();
    }
}
