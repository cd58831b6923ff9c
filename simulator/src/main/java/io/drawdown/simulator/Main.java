package io.drawdown.simulator;

import io.drawdown.simulator.history.History;
import io.drawdown.simulator.history.Script;
import io.drawdown.simulator.world.Counts;

public final class Main {
    public static void main(String[] args) {
        java.util.logging.LogManager.getLogManager().getLogger("").setLevel(java.util.logging.Level.OFF);
        long first = Long.parseLong(args[0]);
        long n = Long.parseLong(args[1]);
        Counts all = new Counts();
        long steps = 0;
        long t = System.nanoTime();
        for (long seed = first; seed < first + n; seed++) {
            History.Outcome outcome = History.of(Script.of(seed, 240), n == 1);
            outcome.lines().forEach(System.out::println);
            steps += outcome.steps();
            all.addAll(outcome.counts());
            if (outcome.finding() != null) {
                System.out.println(seed + ": " + outcome.finding());
                if (args.length > 2) break;
            }
        }
        System.out.println(all.all());
        System.out.println(steps + " steps " + (System.nanoTime() - t) / 1_000_000 + " ms");
    }
}
