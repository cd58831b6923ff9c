package io.drawdown.simulator.campaign;

import io.drawdown.simulator.history.Scene;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code ./drawdown simulate}.
 *
 * @param scene which services are played
 * @param seed the first seed; random if absent
 * @param histories how many; one if only a seed is given
 * @param save the file for the script of a failure
 * @param isWhole whether long lines of a time line are printed in full
 */
public record SimulationOptions(
        Scene scene,
        @Nullable Long seed,
        @Nullable Long histories,
        int steps,
        @Nullable Long minutes,
        @Nullable Path save,
        boolean isWhole) {

    public static final int USUAL_STEPS = 240;
    private static final long USUAL_HISTORIES = 1_000;

    /** Fails with a message of one line. */
    public static SimulationOptions parse(String... arguments) {
        SimulationOptions options = new SimulationOptions(Scene.CREDITS, null, null, USUAL_STEPS, null, null, false);
        for (int i = 0; i < arguments.length; i++) {
            String option = arguments[i];
            if (option.equals("--whole")) {
                options = new SimulationOptions(
                        options.scene,
                        options.seed,
                        options.histories,
                        options.steps,
                        options.minutes,
                        options.save,
                        true);
            } else if (i + 1 < arguments.length) {
                options = options.with(option, arguments[++i]);
            } else {
                throw new IllegalArgumentException(option + " lacks its value, or is unknown");
            }
        }
        return options;
    }

    private SimulationOptions with(String option, String value) {
        return switch (option) {
            case "--scene" -> new SimulationOptions(Scene.of(value), seed, histories, steps, minutes, save, isWhole);
            case "--seed" ->
                new SimulationOptions(scene, Long.valueOf(number(value)), histories, steps, minutes, save, isWhole);
            case "--histories" -> new SimulationOptions(scene, seed, atLeastOne(value), steps, minutes, save, isWhole);
            case "--steps" ->
                new SimulationOptions(scene, seed, histories, (int) atLeastOne(value), minutes, save, isWhole);
            case "--minutes" -> new SimulationOptions(scene, seed, histories, steps, atLeastOne(value), save, isWhole);
            case "--save" -> new SimulationOptions(scene, seed, histories, steps, minutes, writable(value), isWhole);
            default -> throw new IllegalArgumentException("unknown option " + option);
        };
    }

    private static long atLeastOne(String value) {
        long number = number(value);
        if (number < 1) {
            throw new IllegalArgumentException(value + " is less than 1");
        }
        return number;
    }

    private static long number(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + value + "' is not a number", e);
        }
    }

    /** A file that can be written; checked before anything is played. */
    private static Path writable(String value) {
        Path file = Path.of(value).toAbsolutePath();
        Path folder = file.getParent();
        if (folder == null || Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new IllegalArgumentException(
                    "--save " + value + " cannot be written: name a file in a folder that exists and may be written");
        }
        return file;
    }

    /** Whether it is one history, to be read line by line. */
    public boolean isOne() {
        return seed != null && histories == null && minutes == null;
    }

    public Campaign.Plan plan(long firstSeed) {
        long most = histories != null ? histories : minutes != null ? Long.MAX_VALUE : USUAL_HISTORIES;
        Duration limit = Duration.ofMinutes(
                minutes != null ? minutes : Duration.ofDays(365).toMinutes());
        return new Campaign.Plan(firstSeed, most, limit, Runtime.getRuntime().availableProcessors());
    }

    /** The command that repeats the history of one seed. */
    public String repeat(long ofSeed) {
        return "./drawdown simulate" + (scene == Scene.CREDITS ? "" : " --scene " + scene.label()) + " --seed " + ofSeed
                + (steps == USUAL_STEPS ? "" : " --steps " + steps);
    }
}
