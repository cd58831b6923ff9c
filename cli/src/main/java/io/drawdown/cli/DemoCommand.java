package io.drawdown.cli;

import io.drawdown.cli.client.Api;
import io.drawdown.cli.play.BatchDemo;
import io.drawdown.cli.play.CardForm;
import io.drawdown.cli.play.Demo;
import io.drawdown.cli.play.TasksDemo;
import io.drawdown.cli.play.WorkerRuns;
import io.drawdown.cli.process.Child;
import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Console;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.cli.stack.RunningStack;
import io.drawdown.cli.stack.SecondInstance;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.stack.StackLock;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Plays what Drawdown is for, to watch, on the running stack or on one that it starts and stops again. */
@Command(
        name = "demo",
        description =
                "Watch one session run to its last credit, tasks come to their ends, or items be charged and published; starts the stack if none runs.")
final class DemoCommand implements Callable<Integer> {

    private static final Duration READY = Duration.ofSeconds(60);

    @Parameters(
            arity = "0..1",
            defaultValue = "session",
            paramLabel = "session|tasks|batch",
            description = "What to watch; ${DEFAULT-VALUE} if it is left out.")
    private Subject subject = Subject.SESSION;

    /** What there is to watch. */
    enum Subject {
        SESSION,
        TASKS,
        BATCH
    }

    @Override
    @SuppressWarnings("ClosingStandardOutputStreams") // the stack writes to it, and does not close it
    public Integer call() {
        Stack stack = Stack.ofThisProcess();
        if (StackLock.owner(stack.home()).isPresent()) {
            return play(stack);
        }
        try (RunningStack running = RunningStack.start(stack, new RunningStack.Manner(System.out, true, false))) {
            return play(stack);
        }
    }

    private int play(Stack stack) {
        StackAccess gateway = StackAccess.as(Role.GATEWAY, stack);
        return switch (subject) {
            case SESSION -> {
                gateway.requireReady(Service.CREDITS_SERVICE, Service.SESSION_SERVICE);
                yield new Demo(gateway.credits(), stack.liveSessions(), gateway.token(), System.out).play();
            }
            case TASKS -> {
                gateway.requireReady(Service.TASK_SERVICE);
                yield playTasks(stack, gateway);
            }
            case BATCH -> {
                gateway.requireReady(Service.BILLING_BATCH, Service.CREDITS_SERVICE, Service.SESSION_SERVICE);
                yield playBatch(stack, gateway);
            }
        };
    }

    private static int playBatch(Stack stack, StackAccess gateway) {
        Api stripe = standIn(stack.standIns().stripe(), "Stripe");
        Api slack = standIn(stack.standIns().slack(), "Slack");
        WorkerRuns runs = new WorkerRuns(StackAccess.as(Role.OPERATOR, stack).billing(), gateway.workerSecret());
        BatchDemo.Inside inside = new BatchDemo.Inside(
                gateway.billing(), runs, gateway.credits(), gateway.sessions(), stack.liveSessions(), gateway.token());
        return new BatchDemo(inside, new BatchDemo.Outside(stripe, slack), System.out).play();
    }

    private static Api standIn(Optional<URI> address, String of) {
        return new Api(
                address.orElseThrow(() -> new UserFacingException("This demo breaks answers of " + of
                        + ", so it needs its stand-in: start the stack without the settings of the real one")),
                CardForm.PUBLISHABLE_KEY);
    }

    /** With a second worker, so that one can be killed. */
    @SuppressWarnings("ClosingStandardOutputStreams") // the console writes to it, and does not close it
    private static int playTasks(Stack stack, StackAccess gateway) {
        ChildSpec spec = SecondInstance.of(stack.child(Service.TASK_SERVICE));
        try (Console console = new Console(stack.logsFolder(), System.out, true);
                Child second = new Child(spec, console.of(spec.name()))) {
            second.start();
            second.awaitReady(READY);
            return new TasksDemo(gateway.tasks(), gateway.secondTasks(), second::kill, System.out).play();
        }
    }
}
