package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a dry run would write, in memory. */
final class DryRecords implements Records {

    private final Time time;
    private final Map<String, ProcessDocument> processes = new HashMap<>();

    DryRecords(List<ProcessDocument> found, Time time) {
        this.time = time;
        found.forEach(each -> processes.put(each.id(), each));
    }

    /** Nobody else has a dry run, so any will do that no document is above. */
    @Override
    public long fence() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean mayWrite() {
        return false;
    }

    @Override
    public Uni<ProcessDocument> begin(String process, Instant at) {
        return change(process, (current, now) -> current.begun(fence(), at));
    }

    @Override
    public Uni<ProcessDocument> save(String process, String cursor) {
        return change(process, (current, now) -> current.saved(fence(), cursor));
    }

    @Override
    public Uni<ProcessDocument> end(String process, ProcessDocument.Last last) {
        return change(process, (current, now) -> current.ended(fence(), last));
    }

    @Override
    public Uni<ProcessDocument> endOfFormer(String process, ProcessDocument.Last last) {
        throw new IllegalStateException("a dry run is not taken over");
    }

    @Override
    public Uni<RunDocument> change(RunDocument run, GuardedWrites.Rule<RunDocument> rule) {
        RunDocument next = rule.apply(run, time.now());
        return Uni.createFrom().item(next == null ? run : next);
    }

    @Override
    public Uni<Boolean> holds() {
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<Void> release() {
        return Uni.createFrom().voidItem();
    }

    private Uni<ProcessDocument> change(String process, GuardedWrites.Rule<ProcessDocument> rule) {
        ProcessDocument current = Objects.requireNonNull(processes.get(process));
        ProcessDocument next = rule.apply(current, time.now());
        processes.put(process, next == null ? current : next);
        return Uni.createFrom().item(processes.get(process));
    }
}
