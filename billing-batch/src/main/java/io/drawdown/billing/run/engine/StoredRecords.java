package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.kit.store.GuardedWrites;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What a run writes to the store, each under its fence. */
final class StoredRecords implements Records {

    private final Fence fence;
    private final RunWrites writes;
    private final BooleanSupplier lease;
    private final Map<String, ProcessDocument> seen = new HashMap<>();

    /** @param lease whether this instance still has it */
    StoredRecords(Fence fence, RunWrites writes, BooleanSupplier lease) {
        this.fence = fence;
        this.writes = writes;
        this.lease = lease;
    }

    @Override
    public long fence() {
        return fence.held();
    }

    @Override
    public boolean mayWrite() {
        return lease.getAsBoolean();
    }

    @Override
    public Uni<ProcessDocument> begin(String process, Instant at) {
        return writes.process(process).chain(found -> change(found, (current, now) -> current.begun(fence.held(), at)));
    }

    @Override
    public Uni<ProcessDocument> save(String process, String cursor) {
        return change(known(process), (current, now) -> current.saved(fence.held(), cursor));
    }

    @Override
    public Uni<ProcessDocument> end(String process, ProcessDocument.Last last) {
        return change(known(process), (current, now) -> current.ended(fence.held(), last));
    }

    @Override
    public Uni<ProcessDocument> endOfFormer(String process, ProcessDocument.Last last) {
        return begin(process, last.endedAt())
                .chain(begun ->
                        change(begun, (current, now) -> current.ended(fence.held(), last.at(current.cursor()))));
    }

    @Override
    public Uni<RunDocument> change(RunDocument run, GuardedWrites.Rule<RunDocument> rule) {
        return writes.runs().change(run, rule);
    }

    @Override
    public Uni<Boolean> holds() {
        return fence.holds();
    }

    @Override
    public Uni<Void> release() {
        return fence.release();
    }

    private ProcessDocument known(String process) {
        ProcessDocument known = seen.get(process);
        if (known == null) {
            throw new IllegalStateException("not begun: " + process);
        }
        return known;
    }

    private Uni<ProcessDocument> change(ProcessDocument from, GuardedWrites.Rule<ProcessDocument> rule) {
        return writes.processes().change(from, rule).invoke(next -> seen.put(next.id(), next));
    }
}
