package io.drawdown.tasks;

import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.runtime.CoreService;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Lets go what has been kept for long enough, page by page. Several instances may do it at the same time. */
@Singleton
public final class RetentionJob {

    /** Pages of one run. What is left waits for the next one. */
    private static final int MOST_PAGES = 64;

    private final TasksCore core;
    private final CoreLoop loop;
    private final CoreService service;

    RetentionJob(TasksCore core, CoreLoop loop, CoreService service) {
        this.core = core;
        this.loop = loop;
        this.service = service;
    }

    @Scheduled(
            every = "{drawdown.task.retention-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> removeOld() {
        return service.isEnabled() ? removeOld(MOST_PAGES) : Uni.createFrom().voidItem();
    }

    private Uni<Void> removeOld(int pages) {
        return pages == 0
                ? Uni.createFrom().voidItem()
                : loop.call(core::removeOld)
                        .chain(isMore ->
                                isMore ? removeOld(pages - 1) : Uni.createFrom().voidItem());
    }
}
