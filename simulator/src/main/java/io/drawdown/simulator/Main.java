package io.drawdown.simulator;

import io.drawdown.simulator.campaign.Simulation;
import io.drawdown.simulator.campaign.SimulationOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The entry of {@code ./drawdown simulate}. Exit code 0: every invariant held; 1: one broke; 2: the options are wrong.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        Logger.getLogger("").setLevel(Level.OFF);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
        int status = run(out, arguments);
        out.flush();
        System.exit(status);
    }

    private static int run(PrintStream out, String... arguments) throws InterruptedException {
        SimulationOptions order;
        try {
            order = SimulationOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        return new Simulation(order, out, System.err).run() ? 0 : 1;
    }
}
