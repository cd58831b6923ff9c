package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.store.TeamStore;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The teams' documents. A team need not be made known before its first item. */
public final class Teams {

    private final TeamStore store;
    private final FencedWrites<TeamDocument> writes;

    Teams(TeamStore store, Time time, Scheduler scheduler, RandomGenerator random) {
        this.store = store;
        this.writes = new FencedWrites<>(
                new GuardedWrites<>(store, TeamDocument::written, document -> {}, time, scheduler, random));
    }

    /** As stored, read after this call; one of which nothing is known if there is none. */
    public Uni<TeamDocument> get(String team) {
        return store.get(team).map(found -> found.orElseGet(() -> TeamDocument.of(team)));
    }

    /** Empty if it has no document. */
    public Uni<Optional<TeamDocument>> find(String team) {
        return store.get(team);
    }

    /** What a team says of itself. */
    public Uni<TeamDocument> tell(String team, TeamDocument.Profile profile) {
        return stored(team).chain(found -> writes.change(found, (current, now) -> current.told(profile)));
    }

    Uni<TeamDocument> change(String team, Turn turn, GuardedWrites.Rule<TeamDocument> rule) {
        return stored(team).chain(found -> writes.change(found, turn, rule));
    }

    /** Where its items are published nothing is wanted before that time, as a call of that turn was told. */
    Uni<TeamDocument> quiet(String team, Turn turn, Duration pause) {
        return stored(team)
                .chain(found -> writes.record(found, turn, (current, now) -> current.quiet(now.plus(pause))));
    }

    private Uni<TeamDocument> stored(String team) {
        return store.get(team)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found)
                        : writes.insert(TeamDocument.of(team)).chain(() -> store.get(team)))
                .map(found -> found.orElseThrow(() -> new IllegalStateException("gone: " + team)));
    }
}
