package io.drawdown.billing.testing;

import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunState;
import io.drawdown.billing.run.store.RunStore;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs in memory. */
public final class MemoryRuns extends MemoryGuarded<RunDocument> implements RunStore {

    public MemoryRuns(ManualTime time) {
        super(time);
    }

    @Override
    public Uni<List<RunDocument>> page(@Nullable String before, int limit) {
        return answer(() -> documents.values().stream()
                .filter(run -> before == null || run.id().compareTo(before) < 0)
                .sorted(Comparator.comparing(RunDocument::id).reversed())
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<List<RunDocument>> unsent(Instant endedBefore, int limit) {
        return answer(() -> documents.values().stream()
                .filter(run -> run.pending() != null && run.pending().isBefore(endedBefore))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<Void> published(Collection<String> ids) {
        return answer(() -> {
            ids.forEach(id -> documents.computeIfPresent(id, (same, run) -> sent(run)));
            return null;
        });
    }

    private static RunDocument sent(RunDocument run) {
        return new RunDocument(
                run.id(),
                run.revision(),
                run.order(),
                run.runner(),
                run.startedAt(),
                run.state(),
                run.processes(),
                null);
    }

    @Override
    public Uni<List<String>> endedBefore(Instant end, String after, int limit) {
        return answer(() -> documents.values().stream()
                .filter(run -> run.state() instanceof RunState.Ended ended
                        && ended.endedAt().isBefore(end)
                        && run.pending() == null
                        && run.id().compareTo(after) > 0)
                .map(RunDocument::id)
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<Void> remove(Collection<String> ids) {
        return answer(() -> {
            documents.keySet().removeAll(ids);
            return null;
        });
    }
}
