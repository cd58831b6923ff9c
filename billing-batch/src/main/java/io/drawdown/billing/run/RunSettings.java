package io.drawdown.billing.run;

import java.time.Duration;

/**
 * The bounds of runs.
 *
 * @param instance the name that survives a restart
 * @param budget how long a run may take, unless it is asked for with another
 * @param stopMargin the part at the end of it in which nothing is begun
 * @param leastShare what a process gets at least, if all can get so much
 * @param lateAfter a run that takes longer is reported
 * @param stopPatience how long a stop of this instance waits for the process that runs
 */
public record RunSettings(
        String instance,
        Duration budget,
        Duration stopMargin,
        Duration leastShare,
        Duration lateAfter,
        Duration stopPatience) {

    /** The defaults of production. */
    public static final RunSettings DEFAULT = new RunSettings(
            "billing-batch",
            Duration.ofSeconds(300),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(250),
            Duration.ofSeconds(8));

    public Budget budgetOf(RunOrder order) {
        return new Budget(Duration.ofMillis(order.budgetMillis()), stopMargin, leastShare);
    }
}
