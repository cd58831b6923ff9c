package io.drawdown.sessions.gateway;

import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.document.SessionStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * Ends the sessions whose gateways are silent, at the greatest total that was stated. Any instance does, for all. A session
 * is silent if nothing was heard for {@link GatewayTerms#SILENT_FOR} by the time of the database, and if this process has
 * also seen it so for half of that, so a clock that is set ends no session whose gateway speaks that often.
 */
final class SilenceSweep {

    static final Duration INTERVAL = Duration.ofSeconds(10);
    static final Duration SEEN_SILENT_FOR = GatewayTerms.SILENT_FOR.dividedBy(2);

    private static final Logger LOG = Logger.getLogger(SilenceSweep.class);
    private static final int PAGE = 500;
    private static final int AT_ONCE = 32;

    private final SessionStore store;
    private final BiFunction<SessionDocument, Reported, Uni<SessionDocument>> ended;
    private final Time time;
    private final PeriodicTask sweeps;
    private final SilenceWatch watch = new SilenceWatch(INTERVAL.multipliedBy(2));

    /** @param ended ends that silent session, as it was heard last */
    SilenceSweep(
            SessionStore store,
            BiFunction<SessionDocument, Reported, Uni<SessionDocument>> ended,
            Time time,
            Scheduler scheduler) {
        this.store = store;
        this.ended = ended;
        this.time = time;
        this.sweeps = PeriodicTask.of("ends of silent gateways' sessions", scheduler, INTERVAL, this::sweep);
    }

    void start() {
        sweeps.start();
    }

    void stop() {
        sweeps.stop();
    }

    private Uni<Void> sweep() {
        Set<String> seen = new HashSet<>();
        return page("", seen).invoke(() -> watch.keep(seen));
    }

    private Uni<Void> page(String afterId, Set<String> seen) {
        return store.heardBefore(time.now().minus(SEEN_SILENT_FOR), afterId, PAGE)
                .chain(page -> endSilent(page, seen)
                        .chain(() -> page.size() < PAGE
                                ? Uni.createFrom().voidItem()
                                : page(page.getLast().id(), seen)));
    }

    private Uni<Void> endSilent(List<SessionDocument> page, Set<String> seen) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUni(document -> look(document, seen))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> look(SessionDocument document, Set<String> seen) {
        if (!(document.state() instanceof Reported reported)) {
            return Uni.createFrom().voidItem();
        }
        seen.add(document.id());
        Duration silent = watch.look(document.id(), reported.heardAt(), time.nanos());
        boolean isLong = silent.compareTo(SEEN_SILENT_FOR) >= 0
                && !time.now().isBefore(reported.heardAt().plus(GatewayTerms.SILENT_FOR));
        return isLong ? end(document, reported) : Uni.createFrom().voidItem();
    }

    /** Never fails: what could not be done now is done by the next sweep. */
    private Uni<Void> end(SessionDocument document, Reported reported) {
        return ended.apply(document, reported).replaceWithVoid().onFailure().recoverWithItem(fault -> {
            LOG.infof("Silent session not ended, tried again: sessionId=%s fault=%s", document.id(), fault);
            return null;
        });
    }
}
