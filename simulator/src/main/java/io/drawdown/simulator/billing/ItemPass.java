package io.drawdown.simulator.billing;

import io.drawdown.billing.batch.RunFence;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.store.ItemStore;
import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.Figures;
import io.drawdown.billing.run.engine.Processes.Execution;
import io.drawdown.billing.run.engine.Turn;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A pass over items in pages, as the processes of the service make it, with few items to a page. */
abstract class ItemPass implements Execution, RunFence {

    static final int PAGE = 6;

    final SimulatedProcesses processes;
    final Turn turn;
    private final Consumer<Ending> ended;
    private @Nullable String cursor;
    private boolean isStopped;
    private boolean isClosed;

    ItemPass(SimulatedProcesses processes, Turn turn, Consumer<Ending> ended) {
        this.processes = processes;
        this.turn = turn;
        this.ended = ended;
        this.cursor = turn.cursor();
    }

    /** The next page. */
    abstract Uni<List<ItemDocument>> page(ItemStore.@Nullable Turn after);

    /** Answers whether all of them were looked at. */
    abstract Uni<Boolean> work(List<ItemDocument> page);

    void next() {
        if (left().isZero()) {
            end(Ending.partial(cursor, null));
            return;
        }
        page(cursor == null ? null : ItemStore.Turn.parse(cursor))
                .chain(page -> work(page).invoke(isDone -> worked(page, isDone)))
                .subscribe()
                .with(done -> {}, this::failed);
    }

    private void worked(List<ItemDocument> page, boolean isDone) {
        if (!isDone) {
            end(Ending.partial(cursor, null));
        } else if (page.size() < PAGE) {
            end(Ending.completed());
        } else {
            save(ItemStore.Turn.of(page.getLast()).cursor());
        }
    }

    private void save(String reached) {
        turn.save(reached)
                .subscribe()
                .with(
                        holds -> {
                            if (holds) {
                                cursor = reached;
                                next();
                            } else {
                                end(Ending.partial(cursor, null));
                            }
                        },
                        this::failed);
    }

    private void failed(Throwable fault) {
        processes.counts().count("process failed");
        end(Ending.failed(Ending.EXCEPTION, fault.getClass().getName(), cursor));
    }

    private void end(Ending ending) {
        if (!isClosed) {
            isClosed = true;
            ended.accept(ending);
        }
    }

    Duration left() {
        long nanos = turn.deadlineNanos() - processes.time().nanos();
        return isStopped || nanos <= 0 ? Duration.ZERO : Duration.ofNanos(nanos);
    }

    @Override
    public long number() {
        return turn.fence();
    }

    @Override
    public boolean mayWrite() {
        return !isClosed && turn.mayWrite();
    }

    @Override
    public Figures figures() {
        return Figures.NONE;
    }

    @Override
    public @Nullable String cursor() {
        return cursor;
    }

    @Override
    public void stop() {
        isStopped = true;
    }

    /** As the real one: it waits no longer for calls that are under way. */
    @Override
    public void interrupt() {
        isStopped = true;
        end(Ending.partial(cursor, null));
    }

    @Override
    public void abandon() {
        isStopped = true;
        isClosed = true;
    }
}
