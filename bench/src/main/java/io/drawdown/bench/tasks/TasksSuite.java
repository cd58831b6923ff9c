package io.drawdown.bench.tasks;

import com.mongodb.client.MongoClient;
import io.drawdown.bench.load.Pace;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.Contenders;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.bench.stack.TopicEvents;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * task-service against other people's queues and against the bare store: each does the same work on this machine, in the same
 * run, with the same durability; then the service as a process of its own.
 */
public final class TasksSuite {

    private static final String CONTENDER = "io.drawdown.bench.contenders.ContenderMain";

    private final BenchStack stack;
    private final Report report;
    private final Pace pace;
    private final Size size;

    public TasksSuite(BenchStack stack, Report report, Pace pace, Size size) {
        this.stack = stack;
        this.report = report;
        this.pace = pace;
        this.size = size;
    }

    /**
     * How much is done.
     *
     * @param warmUp how long each queue drains before its drains are measured
     * @param drained tasks of one round of a drain
     * @param rates of tasks that are sent, per second
     * @param ladder of rates, ascending, among which the highest is sought whose pick-up is held
     * @param atOnce tasks that run at the same time
     * @param isKilled whether the process is killed then, so that they run again
     * @param seeded documents of tasks that are over, and half as many of scheduled ones, beside which the service idles
     * @param idle how long it is watched
     */
    public record Size(
            Duration warmUp,
            int drained,
            List<Integer> rates,
            List<Integer> ladder,
            int atOnce,
            boolean isKilled,
            int seeded,
            Duration idle) {

        public static final Size FULL = new Size(
                Duration.ofSeconds(15),
                6_000,
                List.of(200, 1_000),
                List.of(200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_200, 1_400, 1_600, 2_000, 2_500, 3_000),
                5_000,
                true,
                100_000,
                Duration.ofSeconds(15));

        public Size {
            rates = List.copyOf(rates);
            ladder = List.copyOf(ladder);
        }
    }

    /** About how long it takes. */
    public static Duration lasts(Pace pace, Size size) {
        int queues = 5;
        Duration drains = size.warmUp()
                .plusSeconds(3L + size.drained() * (pace.rounds() + 1L) / 1_000)
                .multipliedBy(queues);
        Duration sends = pace.lasts(3 * size.rates().size())
                .plus(pace.measured().multipliedBy(size.ladder().size() / 2));
        Duration rest = Duration.ofSeconds(20 + size.atOnce() / 300 + size.seeded() / 3_000);
        return drains.plus(sends).plus(rest).plus(size.idle().multipliedBy(2));
    }

    public void run(Vertx vertx, MongoClient mongo) {
        new SideBySide(report, pace, size, new Contenders(stack, CONTENDER)).run();
        HttpApi http = new HttpApi(vertx, stack.api(Service.TASK_SERVICE), stack.token(Role.GATEWAY, "bench"));
        HttpApi operator = new HttpApi(vertx, stack.api(Service.TASK_SERVICE), stack.token(Role.OPERATOR, "bench"));
        try (TopicEvents lifecycle = TopicEvents.of(stack, Topic.TASK_LIFECYCLE)) {
            report.begin(OverHttp.SECTION);
            TaskApi api = new TaskApi(http, operator);
            OverHttp service = new OverHttp(stack, report, pace, api, TaskWatch.of(lifecycle));
            double perSecond = service.drain(size.warmUp(), size.drained(), pace.rounds());
            report.add("no-op tasks drained from a backlog, all events out", perSecond, "tasks/s", Wanted.MORE);
            service.warmUp(size.drained());
            size.rates().forEach(service::send);
            idle(service, api, new Seeded(mongo, stack.database(Service.TASK_SERVICE)));
            service.cancel(Math.min(size.atOnce(), 200));
            service.runAtOnce(size.atOnce());
            if (size.isKilled()) {
                service.recover(size.atOnce());
            }
        }
    }

    private void idle(OverHttp service, TaskApi api, Seeded seeded) {
        double before = service.idle(size.idle());
        report.add("processor, idle", before, "% of a core", Wanted.LESS);
        String over = api.send("{\"type\":\"echo\"}").toCompletableFuture().join();
        String later = api.send("{\"type\":\"echo\",\"delay_seconds\":86400}")
                .toCompletableFuture()
                .join();
        seeded.copy(over, "COMPLETED", size.seeded());
        seeded.copy(later, "SCHEDULED", size.seeded() / 2);
        double beside = service.idle(size.idle());
        String title = String.format(
                Locale.ROOT,
                "processor, idle beside %,d tasks that are over and %,d scheduled ones",
                size.seeded(),
                size.seeded() / 2);
        report.add(title, beside, "% of a core", Wanted.LESS);
        report.add("of it for these documents", beside - before, "% of a core", Wanted.NEITHER);
    }
}
