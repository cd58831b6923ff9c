package io.drawdown.cli;

import io.drawdown.cli.play.Tool;
import io.drawdown.cli.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Measures a stack of its own; the bench has a process of its own, which reads the arguments. */
@Command(
        name = "bench",
        description =
                "Measure: bench [core|sessions|cycle|store|tasks|batch|all] [--seconds N] [--rounds N] [--sessions N]"
                        + " [--against FILE] [--mongo URI] [--kafka SERVERS].")
final class BenchCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        return Tool.BENCH.run(Stack.ofThisProcess().root(), arguments);
    }
}
