package io.drawdown.cli;

import io.drawdown.cli.stack.Instances;
import io.drawdown.cli.stack.RunningStack;
import io.drawdown.cli.stack.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the stack until Ctrl-C. */
@Command(name = "up", description = "Build what is stale, start the stack, show its logs, stop it on Ctrl-C.")
final class UpCommand implements Runnable {

    @Option(names = "--restart", description = "Start a process that dies again instead of ending the stack.")
    boolean restart;

    @Option(
            names = "--instances",
            defaultValue = "${env:DRAWDOWN_INSTANCES:-1}",
            description =
                    "How many processes of each service, behind a proxy at the ports of the services (${DEFAULT-VALUE}).")
    int instances;

    @Override
    @SuppressWarnings("ClosingStandardOutputStreams") // the stack writes to it, and does not close it
    public void run() {
        Stack stack = Stack.ofThisProcess().with(new Instances(instances)).makingCaches();
        try (RunningStack running = RunningStack.start(stack, new RunningStack.Manner(System.out, false, restart))) {
            System.out.println(StartupBanner.of(stack));
            if (stack.makesCaches()) {
                System.out.println(
                        "This stop will take some 15 s more: it keeps what makes the next start twice as quick.\n");
            }
            running.await();
        }
    }
}
