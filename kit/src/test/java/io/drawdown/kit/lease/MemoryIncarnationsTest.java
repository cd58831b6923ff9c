package io.drawdown.kit.lease;

import io.drawdown.kit.testing.ManualTime;
import io.drawdown.kit.testing.MemoryIncarnations;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** The fake keeps the promises of the store that it stands for. */
class MemoryIncarnationsTest extends IncarnationsContract {

    private final ManualTime time = new ManualTime();
    private final MemoryIncarnations store = new MemoryIncarnations(time, time::answer);

    @Override
    IncarnationStore store() {
        return store;
    }

    @Override
    void later() {
        time.advance(Duration.ofSeconds(1));
    }

    @Override
    <T> T now(Uni<T> answer) {
        Uni<T> shared = answer.memoize().indefinitely();
        shared.subscribe().with(done -> {}, fault -> {});
        time.advance(Duration.ofMillis(1));
        return answered(shared);
    }
}
