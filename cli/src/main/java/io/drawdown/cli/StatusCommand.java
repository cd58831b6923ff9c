package io.drawdown.cli;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.ProcessFile;
import io.drawdown.cli.stack.Instances;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.stack.StackLock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says whether the stack runs and which of its processes serve. */
@Command(
        name = "status",
        description = "Show whether the stack runs and what serves.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every process serves", "1:the stack runs, but not every process serves", "3:it does not run"
        })
final class StatusCommand implements Callable<Integer> {

    private static final int NOT_RUNNING = 3;

    @Override
    public Integer call() {
        Stack here = Stack.ofThisProcess();
        Stack stack = here.with(Instances.runningIn(here.home()));
        Optional<ProcessHandle> owner = StackLock.owner(stack.home());
        if (owner.isEmpty()) {
            List<ProcessFile.Left> left = ProcessFile.in(stack.home());
            System.out.println(
                    left.isEmpty()
                            ? "The stack is not running"
                            : "The stack was killed; these of its processes still run: " + ProcessFile.list(left)
                                    + ". They end by themselves; './drawdown down' stops them now");
            return NOT_RUNNING;
        }
        System.out.printf(
                "The stack in %s runs (process %d)%n", stack.home(), owner.get().pid());
        boolean all = true;
        for (ChildSpec child : stack.stages().stream().flatMap(List::stream).toList()) {
            boolean ready = Probe.isReady(child);
            all &= ready;
            System.out.printf("%-19s %5d  %s%n", child.name(), child.port(), ready ? "serves" : "does not serve");
        }
        return all ? 0 : 1;
    }
}
