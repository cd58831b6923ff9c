package io.drawdown.simulator.tasks;

import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.tasks.external.LeaseRequest;
import io.drawdown.tasks.external.Leased;
import io.drawdown.tasks.external.LeasedRuns;
import io.drawdown.tasks.external.LeasedRuns.Report;
import io.drawdown.tasks.external.RunAnswer;
import io.drawdown.tasks.external.Worker;
import io.drawdown.tasks.external.Worker.Run;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** A worker that lives elsewhere, from its request to the end of its runs. Any answer may be lost on its way to it. */
final class RemoteWorker {

    private static final long MILLI = 1_000_000;
    private static final long REPEAT = 4_000 * MILLI;
    private static final int MOST_TRIES = 6;
    private static final int LOST_IN = 5;
    private static final int EXTENSIONS = 4;
    private static final Duration VISIBILITY = Duration.ofSeconds(3);
    private static final Report NOTHING = new Report(null, List.of());

    private final SimulationContext context;
    private final RemoteWorkers all;
    private final Worker worker;
    private final Temper temper;
    private final RandomGenerator random;
    private boolean hasHeard;
    private int tries;

    enum Temper {
        /** It completes its tasks. */
        GOOD,
        /** It completes them long after its lease. */
        LATE,
        /** It extends its leases before it completes its tasks. */
        SLOW,
        /** It says everything twice, to two instances. */
        TWICE,
        /** It says that they failed. */
        FAILING,
        /** It dies as soon as it has its tasks. */
        DYING
    }

    RemoteWorker(SimulationContext context, RemoteWorkers all, String name, Temper temper, RandomGenerator random) {
        this.context = context;
        this.all = all;
        this.worker = new Worker("remote", name);
        this.temper = temper;
        this.random = random;
    }

    String owner() {
        return worker.owner();
    }

    /** Asks for tasks, and asks the same again until it hears an answer. */
    void ask(int most) {
        if (hasHeard || tries++ == MOST_TRIES) {
            return;
        }
        LeaseRequest request = new LeaseRequest(
                worker,
                List.of(RemoteWorkers.TYPE),
                most,
                VISIBILITY,
                Duration.ofMillis(random.nextInt(2_000)),
                new LeaseRequest.Key("key", "hash"));
        boolean isLost = isLost();
        all.anyInstance(random).ifPresent(instance -> instance.process().run(() -> instance.core()
                .external()
                .lease(request)
                .subscribe()
                .with(answer -> answered(answer, isLost), fault -> context.counts.count("lease fault"))));
        context.timeline.after(REPEAT, () -> ask(most));
    }

    private boolean isLost() {
        return temper != Temper.GOOD && random.nextInt(LOST_IN) == 0;
    }

    private void answered(Leased answer, boolean isLost) {
        context.counts.count("lease answer" + (isLost ? " lost" : ""));
        if (hasHeard || isLost) {
            return;
        }
        hasHeard = true;
        context.findings.expect(
                answer instanceof Leased.Granted,
                "the same request under its key is not refused",
                () -> worker + " is answered " + answer);
        if (answer instanceof Leased.Granted granted) {
            context.counts.add("lease repeated", granted.isRepeated() ? 1 : 0);
            granted.tasks().forEach(this::work);
        }
    }

    private void work(TaskDocument task) {
        Run run = new Run(task.id(), worker.subject(), task.counters().fence());
        long takes = (1 + random.nextInt(400)) * MILLI;
        switch (temper) {
            case GOOD -> context.timeline.after(takes, () -> complete(run, 1));
            case LATE -> context.timeline.after((2_500 + random.nextInt(6_000)) * MILLI, () -> complete(run, 1));
            case SLOW -> context.timeline.after(takes, () -> extend(run, 1));
            case TWICE ->
                context.timeline.after(takes, () -> {
                    complete(run, 1);
                    complete(run, 1);
                });
            case FAILING -> context.timeline.after(takes, () -> fail(run, 1));
            case DYING -> context.counts.count("remote worker dies");
        }
    }

    private void extend(Run run, int times) {
        say(run, 1, runs -> runs.extend(run, VISIBILITY, NOTHING), () -> {
            Runnable next = times == EXTENSIONS ? () -> complete(run, 1) : () -> extend(run, times + 1);
            context.timeline.after(1_500 * MILLI, next);
        });
    }

    private void complete(Run run, int turn) {
        say(run, turn, runs -> runs.complete(run, Long.toString(run.fence())), () -> {});
    }

    private void fail(Run run, int turn) {
        TaskFailure failure = new TaskFailure(Reason.TEMPORARY, "RemoteFailure", "as planned");
        say(run, turn, runs -> runs.fail(run, failure, null), () -> {});
    }

    /** Says it again until it hears an answer. */
    private void say(Run run, int turn, Function<LeasedRuns, Uni<RunAnswer>> what, Runnable accepted) {
        boolean isLost = isLost();
        boolean[] isAnswered = {false};
        all.anyInstance(random).ifPresent(instance -> instance.process().run(() -> what.apply(
                        instance.core().external().runs())
                .subscribe()
                .with(
                        answer -> {
                            context.counts.count("run " + answer.getClass().getSimpleName());
                            if (!isLost && !isAnswered[0]) {
                                isAnswered[0] = true;
                                if (answer instanceof RunAnswer.Accepted) {
                                    accepted.run();
                                }
                            }
                        },
                        fault -> context.counts.count("run fault"))));
        context.timeline.after(REPEAT / 2, () -> {
            if (!isAnswered[0] && turn < MOST_TRIES) {
                say(run, turn + 1, what, accepted);
            }
        });
    }
}
