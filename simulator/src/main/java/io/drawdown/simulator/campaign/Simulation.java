package io.drawdown.simulator.campaign;

import io.drawdown.simulator.campaign.Campaign.Failure;
import io.drawdown.simulator.campaign.Campaign.Result;
import io.drawdown.simulator.campaign.Campaign.Tally;
import io.drawdown.simulator.history.History;
import io.drawdown.simulator.history.History.Outcome;
import io.drawdown.simulator.history.Script;
import io.drawdown.simulator.world.Findings.Finding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Plays what {@link SimulationOptions} ask for at a terminal. It prints results to one stream and progress to another. */
public final class Simulation {

    private static final long MOST_BY_CHANCE = 1_000_000_000;
    private static final long ENDING_SECONDS = 5;

    private final SimulationOptions options;
    private final PrintStream out;
    private final PrintStream progress;

    public Simulation(SimulationOptions options, PrintStream out, PrintStream progress) {
        this.options = options;
        this.out = out;
        this.progress = progress;
    }

    /** Whether every invariant held. */
    public boolean run() throws InterruptedException {
        Long seed = options.seed();
        long first = seed == null ? new SplittableRandom().nextLong(MOST_BY_CHANCE) : seed;
        return options.isOne() ? one(first) : many(first);
    }

    private boolean one(long seed) {
        Script script = Script.of(options.scene(), seed, options.steps());
        Outcome outcome = History.of(script, true);
        Report.timeLine(outcome, options.isWhole()).forEach(out::println);
        if (outcome.finding() != null) {
            out.println();
            failed(script, outcome.finding());
        }
        return outcome.finding() == null;
    }

    private boolean many(long first) throws InterruptedException {
        out.println("Histories of " + options.steps() + " mean steps, from seed " + first);
        out.flush();
        Campaign campaign = new Campaign(options.plan(first), options.scene(), options.steps());
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(campaign, told)));
        Result result = campaign.run(this::progress);
        progress(result.tally());
        if (result.failure().isEmpty()) {
            Summary.of(options.scene(), result.tally()).forEach(out::println);
            out.flush();
            told.countDown();
            return true;
        }
        Failure failure = result.failure().get();
        failed(Script.of(options.scene(), failure.seed(), options.steps()), failure.finding());
        told.countDown();
        return false;
    }

    /** On Ctrl-C: prints what was counted so far before the process ends. */
    private static void end(Campaign campaign, CountDownLatch told) {
        campaign.stop();
        try {
            told.await(ENDING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(Script script, Finding finding) {
        progress.println("seed " + script.seed() + " breaks an invariant; shrinking its history");
        Report report = Report.of(script, finding, options.repeat(script.seed()), options.isWhole());
        report.lines().forEach(out::println);
        out.flush();
        if (options.save() != null) {
            try {
                Files.write(options.save(), report.script());
            } catch (IOException e) {
                progress.println(
                        "The script above was not saved, " + options.save() + " cannot be written: " + e.getMessage());
            }
        }
    }

    private void progress(Tally tally) {
        double seconds = Math.max(0.001, tally.duration().toMillis() / 1e3);
        progress.printf(
                Locale.ROOT,
                "%,9d histories  %,6.0f per second  %,13d steps%n",
                tally.histories(),
                tally.histories() / seconds,
                tally.steps());
    }
}
