package io.drawdown.cli;

import io.drawdown.cli.play.Tool;
import io.drawdown.cli.stack.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays histories full of crashes, duplicates and races on the real cores; the simulator has a process of its own. */
@Command(
        name = "simulate",
        description = "Play histories full of crashes, duplicates and races; ends with 1 if an invariant broke.")
final class SimulateCommand implements Callable<Integer> {

    private static final long MOST_STEPS = 100_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--scene", description = "What plays: credits (the usual one), tasks or billing.")
    private @Nullable String scene;

    @Option(
            names = "--seed",
            description = "The first seed (random). Alone: play this history and print its time line.")
    private @Nullable Long seed;

    @Option(names = "--histories", description = "How many (1,000, or as many as --minutes allow).")
    private @Nullable Long histories;

    @Option(names = "--steps", description = "Their mean number of steps (240).")
    private @Nullable Long steps;

    @Option(names = "--minutes", description = "Begin no history after so many minutes.")
    private @Nullable Long minutes;

    @Option(names = "--save", description = "Save the shrunk script of a failure in this file.")
    private @Nullable Path save;

    @Option(names = "--whole", description = "Do not cut long lines of a time line.")
    private boolean isWhole;

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--scene", scene);
        add(arguments, "--seed", seed);
        add(arguments, "--histories", within("--histories", histories, Long.MAX_VALUE));
        add(arguments, "--steps", within("--steps", steps, MOST_STEPS));
        add(arguments, "--minutes", within("--minutes", minutes, MOST_STEPS));
        add(arguments, "--save", save);
        if (isWhole) {
            arguments.add("--whole");
        }
        return Tool.SIMULATOR.run(Stack.ofThisProcess().root(), arguments);
    }

    private @Nullable Long within(String option, @Nullable Long number, long most) {
        if (number != null && (number < 1 || number > most) && spec != null) {
            throw new ParameterException(spec.commandLine(), option + " is from 1 to " + most);
        }
        return number;
    }

    private static void add(List<String> arguments, String option, @Nullable Object value) {
        if (value != null) {
            arguments.add(option);
            arguments.add(value.toString());
        }
    }
}
