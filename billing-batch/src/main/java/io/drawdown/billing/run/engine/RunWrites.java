package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunnerDocument;
import io.drawdown.billing.run.store.RunStores;
import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The guarded writes of runs, processes and the runner, and the first document of each. */
public final class RunWrites {

    private final RunStores stores;
    private final GuardedWrites<RunnerDocument> runner;
    private final GuardedWrites<RunDocument> runs;
    private final GuardedWrites<ProcessDocument> processes;

    /** @param outbox hears of every run that was written */
    public RunWrites(
            RunStores stores,
            GuardedWrites.Listener<RunDocument> outbox,
            Time time,
            Scheduler scheduler,
            RandomGenerator random) {
        this.stores = stores;
        runner = new GuardedWrites<>(stores.runner(), RunnerDocument::written, document -> {}, time, scheduler, random);
        runs = new GuardedWrites<>(stores.runs(), RunDocument::written, outbox, time, scheduler, random);
        processes = new GuardedWrites<>(
                stores.processes(), ProcessDocument::written, document -> {}, time, scheduler, random);
    }

    GuardedWrites<RunnerDocument> runner() {
        return runner;
    }

    GuardedWrites<RunDocument> runs() {
        return runs;
    }

    GuardedWrites<ProcessDocument> processes() {
        return processes;
    }

    /** As it is stored; it is there afterwards. */
    Uni<RunnerDocument> currentRunner() {
        return ensured(stores.runner(), runner, RunnerDocument.ID, id -> RunnerDocument.first());
    }

    /** As it is stored; it is there afterwards. */
    Uni<ProcessDocument> process(String name) {
        return ensured(stores.processes(), processes, name, ProcessDocument::first);
    }

    /** Of these names, as they are stored; the first document of one that is not there is not written. */
    public Uni<List<ProcessDocument>> processes(Collection<String> names) {
        return stores.processes().all().map(found -> {
            Map<String, ProcessDocument> byName =
                    found.stream().collect(Collectors.toMap(ProcessDocument::id, each -> each));
            return names.stream()
                    .map(name -> byName.getOrDefault(name, ProcessDocument.first(name)))
                    .toList();
        });
    }

    /** Runs that begin later skip the process, or do not. */
    public Uni<ProcessDocument> pause(String name, boolean isPaused) {
        return process(name).chain(found -> processes.change(found, (current, now) -> current.paused(isPaused)));
    }

    private static <D extends GuardedDocument> Uni<D> ensured(
            GuardedStore<D> store, GuardedWrites<D> writes, String id, Function<String, D> first) {
        return store.get(id)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found.get())
                        : writes.insert(first.apply(id))
                                .chain(() -> store.get(id))
                                .map(there -> there.orElseThrow(() -> new IllegalStateException("gone: " + id))));
    }
}
