package io.drawdown.tasks.upkeep;

import io.drawdown.kit.lease.Incarnation;
import io.drawdown.kit.lease.IncarnationStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The workers that were given up for dead and lived: they were frozen, or cut off. No task is to blame for that. */
final class Survivors {

    private final IncarnationStore incarnations;

    Survivors(IncarnationStore incarnations) {
        this.incarnations = incarnations;
    }

    /** Those of the workers that have said so. */
    Uni<Set<String>> among(Collection<String> workers) {
        return Multi.createFrom()
                .iterable(Set.copyOf(workers))
                .onItem()
                .transformToUniAndConcatenate(incarnations::get)
                .filter(Survivors::isOne)
                .map(found -> found.orElseThrow().id())
                .collect()
                .with(Collectors.toUnmodifiableSet());
    }

    private static boolean isOne(Optional<Incarnation> worker) {
        return worker.map(Incarnation::survived).orElse(false);
    }
}
