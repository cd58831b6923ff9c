package io.drawdown.bench.contenders;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** db-scheduler on H2. A task that is over leaves no row. */
final class DbSchedulerQueue implements TaskQueue {

    private static final int THREADS = 256;
    private static final int PAGE = 500;
    private static final String TABLE = """
            create table if not exists scheduled_tasks (
              task_name varchar(100) not null,
              task_instance varchar(100) not null,
              task_data blob,
              execution_time timestamp(6) with time zone not null,
              picked boolean not null,
              picked_by varchar(50),
              last_success timestamp(6) with time zone,
              last_failure timestamp(6) with time zone,
              consecutive_failures int,
              last_heartbeat timestamp(6) with time zone,
              version bigint not null,
              priority smallint,
              primary key (task_name, task_instance)
            );
            create index if not exists execution_time_idx on scheduled_tasks (execution_time);
            create index if not exists last_heartbeat_idx on scheduled_tasks (last_heartbeat);
            """;

    private final H2Sql database;
    private final OneTimeTask<Long> task =
            Tasks.oneTime("noop", Long.class).execute((instance, context) -> Starts.began(instance.getData()));
    private final AtomicLong ids = new AtomicLong();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable Scheduler running;

    private DbSchedulerQueue(H2Sql database) {
        this.database = database;
    }

    static DbSchedulerQueue open(Path folder) throws Exception {
        H2Sql database = H2Sql.open(folder);
        database.execute(TABLE);
        return new DbSchedulerQueue(database);
    }

    private SchedulerBuilder scheduler() {
        return Scheduler.create(database.source(), task).threads(THREADS).pollingInterval(Duration.ofMillis(200));
    }

    @Override
    public void fill(int tasks) {
        Scheduler idle = scheduler().build();
        for (int from = 0; from < tasks; from += PAGE) {
            List<TaskInstance<?>> page = new ArrayList<>();
            for (int each = from; each < Math.min(tasks, from + PAGE); each++) {
                page.add(task.instance(Long.toString(ids.incrementAndGet()), 0L));
            }
            idle.scheduleBatch(page, Instant.now());
        }
        idle.stop();
    }

    @Override
    public void drain() throws Exception {
        Scheduler scheduler = scheduler().build();
        long target = Starts.count() + database.count("select count(*) from scheduled_tasks");
        scheduler.start();
        Waiting.until(() -> Starts.count() >= target);
        Waiting.until(() -> database.count("select count(*) from scheduled_tasks") == 0);
        scheduler.stop();
    }

    @Override
    public void open() {
        running = scheduler().enableImmediateExecution().build();
        running.start();
    }

    @Override
    public Sent send() {
        CompletableFuture<Void> started = new CompletableFuture<>();
        long number = Starts.next(started);
        return new Sent(
                CompletableFuture.runAsync(
                        () -> Objects.requireNonNull(running)
                                .schedule(task.instance(Long.toString(ids.incrementAndGet()), number), Instant.now()),
                        senders),
                started);
    }

    @Override
    public void close() {
        if (running != null) {
            running.stop();
        }
        senders.close();
        database.close();
    }
}
