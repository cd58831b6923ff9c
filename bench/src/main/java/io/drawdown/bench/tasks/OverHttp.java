package io.drawdown.bench.tasks;

import io.drawdown.bench.load.Bulk;
import io.drawdown.bench.load.Load;
import io.drawdown.bench.load.OpenLoop;
import io.drawdown.bench.load.Pace;
import io.drawdown.bench.load.Pause;
import io.drawdown.bench.load.ToldFailure;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.ProcessUsage;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.TaskEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** task-service as a process of its own: over HTTP, through its events, and when it is killed. */
final class OverHttp {

    static final String SECTION = "task-service as a process, over HTTP";

    private static final String ECHO = "{\"type\":\"echo\",\"payload\":{\"number\":0}}";
    private static final String SLEEP = "{\"type\":\"sleep\",\"payload\":{\"millis\":3600000}}";
    private static final int SLEEP_PAYLOAD = "{\"millis\":3600000,\"padding\":\"\"}".length();

    /** {@code drawdown.task.slot-bytes}, by default. */
    private static final int SLOT_BYTES = 64 * 1024 * 1024;

    /** As many as fit into a batch of tasks. */
    private static final int LONGEST_PAYLOAD = 16_000;

    private static final int TOO_MANY = 100;
    private static final Duration SWEEPS = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WARM_UP_IN_FLIGHT = 16;
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final int CANCELS_PER_SECOND = 50;

    private final BenchStack stack;
    private final Report report;
    private final Pace pace;
    private final TaskApi api;
    private final TaskWatch watch;

    OverHttp(BenchStack stack, Report report, Pace pace, TaskApi api, TaskWatch watch) {
        this.stack = stack;
        this.report = report;
        this.pace = pace;
        this.api = api;
        this.watch = watch;
    }

    /** Until the last event came that says that a task is completed. */
    double drain(Duration warmUp, int tasks, int rounds) {
        long warmBy = System.nanoTime() + warmUp.toNanos();
        do {
            drain(tasks);
        } while (System.nanoTime() < warmBy);
        List<Double> perSecond = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            perSecond.add(drain(tasks));
        }
        return perSecond.stream().sorted().toList().get((rounds - 1) / 2);
    }

    private double drain(int tasks) {
        api.pause("echo");
        // A claim that was under way may still take some of them.
        long before = watch.count(TaskEvent.Type.COMPLETED);
        api.sendAll(tasks, ECHO);
        long begun = System.nanoTime();
        var unused = api.resume("echo");
        watch.await(TaskEvent.Type.COMPLETED, before + tasks, PATIENCE);
        return tasks / seconds(begun, System.nanoTime());
    }

    /** Afterwards the compiler finds little to do, and nothing of these tasks is left. */
    void warmUp(int tasks) {
        long before = watch.count(TaskEvent.Type.COMPLETED);
        Bulk.run(tasks, WARM_UP_IN_FLIGHT, each -> api.send(ECHO));
        watch.await(TaskEvent.Type.COMPLETED, before + tasks, PATIENCE);
        Pause.of(QUIET);
    }

    /** Until a task is stored, and answered so. */
    void send(int perSecond) {
        report.latencyAtRate(
                "POST of a task",
                perSecond,
                pace.atRate(new ToldFailure(() -> api.send(ECHO), report::say), perSecond));
    }

    /** Fills the instance with tasks that run for long, and whose payloads together take all the bytes that may run. */
    void runAtOnce(int tasks) {
        int payload = Math.min(LONGEST_PAYLOAD, SLOT_BYTES / tasks);
        String padding = "x".repeat(payload - SLEEP_PAYLOAD);
        String task = "{\"type\":\"sleep\",\"payload\":{\"millis\":3600000,\"padding\":\"" + padding + "\"}}";
        long before = watch.count(TaskEvent.Type.STARTED);
        long begun = System.nanoTime();
        api.sendAll(tasks, task);
        watch.await(TaskEvent.Type.STARTED, before + tasks, PATIENCE);
        double seconds = seconds(begun, System.nanoTime());
        addBounded(task, payload);
        report.add("from the first POST until all of them run", seconds, "s", Wanted.LESS);
        report.add(
                "resident memory meanwhile",
                stack.usage(Service.TASK_SERVICE).residentBytes() / (double) (1 << 20),
                "MiB",
                Wanted.LESS);
    }

    /** What runs when more were sent than there is room for. */
    private void addBounded(String task, int payload) {
        List<String> more = IntStream.range(0, TOO_MANY)
                .mapToObj(each -> api.send(task).toCompletableFuture().join())
                .toList();
        Pause.of(SWEEPS);
        String title = String.format(Locale.ROOT, "tasks with payloads of %,d bytes that run at once", payload);
        report.add(title, (double) api.running("sleep"), "tasks", Wanted.MORE);
        report.add("more of them that wait for room", (double) api.waiting("sleep"), "tasks", Wanted.NEITHER);
        more.forEach(id -> api.cancel(id).toCompletableFuture().join());
    }

    /** Running tasks are cancelled: from the request until the event that says that the task is cancelled. */
    void cancel(int tasks) {
        Queue<String> ids = new ConcurrentLinkedQueue<>();
        long before = watch.count(TaskEvent.Type.STARTED);
        for (int each = 0; each < tasks; each++) {
            ids.add(api.send(SLEEP).toCompletableFuture().join());
        }
        watch.await(TaskEvent.Type.STARTED, before + tasks, PATIENCE);
        Load load = OpenLoop.run(
                () -> cancelOne(ids.remove()),
                CANCELS_PER_SECOND,
                Duration.ZERO,
                Duration.ofMillis(tasks * 1_000L / CANCELS_PER_SECOND));
        report.latency("from the POST of a cancel until the event that it is cancelled", load);
    }

    private CompletionStage<?> cancelOne(String id) {
        CompletableFuture<Long> over = watch.whenCancelled(id);
        return api.cancel(id).thenCompose(asked -> over);
    }

    /** The process is killed (-9) and started again; its tasks run again once its lease is over. */
    void recover(int running) {
        long killed = System.nanoTime();
        stack.kill(Service.TASK_SERVICE);
        stack.startAgain(Service.TASK_SERVICE);
        double ready = seconds(killed, System.nanoTime());
        watch.awaitStartedAgain(1, PATIENCE);
        double first = seconds(killed, System.nanoTime());
        watch.awaitStartedAgain(running, PATIENCE);
        report.add("from a kill -9 until the new process is ready", ready, "s", Wanted.LESS);
        report.add("from the kill until the first of its tasks runs again", first, "s", Wanted.LESS);
        report.add(
                "from the kill until the last of " + running + " tasks runs again",
                seconds(killed, System.nanoTime()),
                "s",
                Wanted.LESS);
    }

    /** The share of one core that the service takes while nothing is to be done. */
    double idle(Duration watched) {
        Pause.of(QUIET);
        ProcessUsage before = stack.usage(Service.TASK_SERVICE);
        Pause.of(watched);
        return 100.0 * stack.usage(Service.TASK_SERVICE).cpuSince(before).toNanos() / watched.toNanos();
    }

    private static double seconds(long from, long until) {
        return (until - from) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
