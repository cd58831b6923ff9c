package io.drawdown.billing.topup.engine;

import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.store.TopUpStore;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the top-ups that are due, and in turn all that are on or that a card turns on, so that a lost event does no harm. Each instance does. */
final class TopUpSweep {

    private static final Duration DUE = Duration.ofSeconds(2);

    /** Half the lead with which they buy. */
    private static final Duration ALL = Duration.ofSeconds(60);

    private static final int PAGE = 200;
    private static final Duration MOMENT = Duration.ofMillis(200);

    private final TopUpStore store;
    private final TopUpWatch watch;
    private final Time time;
    private final Scheduler scheduler;
    private final PeriodicTask due;
    private final PeriodicTask all;

    TopUpSweep(TopUpStore store, TopUpWatch watch, Time time, Scheduler scheduler) {
        this.store = store;
        this.watch = watch;
        this.time = time;
        this.scheduler = scheduler;
        due = PeriodicTask.of("check top-ups that are due", scheduler, DUE, this::due);
        all = PeriodicTask.of("check all top-ups", scheduler, ALL, () -> all(null));
    }

    void start() {
        due.startNow();
        all.startNow();
    }

    void stop() {
        due.stop();
        all.stop();
    }

    private Uni<Void> due() {
        return store.due(time.now(), PAGE)
                .invoke(found -> found.stream().filter(rule -> hasRoom()).forEach(rule -> watch.check(rule.id())))
                .replaceWithVoid();
    }

    private Uni<Void> all(@Nullable String after) {
        return store.watched(after, PAGE)
                .invoke(found -> found.forEach(this::look))
                .chain(found -> next(found));
    }

    private void look(TopUpDocument rule) {
        watch.seen(rule);
        watch.check(rule.id());
    }

    private boolean hasRoom() {
        return watch.active() < PAGE;
    }

    /** The next page waits until most checks of this one are over, so that however slow they are a few hundred are under way at most. */
    private Uni<Void> next(List<TopUpDocument> page) {
        return page.size() < PAGE
                ? Uni.createFrom().voidItem()
                : scheduler
                        .pause(MOMENT)
                        .chain(() -> hasRoom() ? all(page.getLast().id()) : next(page));
    }
}
