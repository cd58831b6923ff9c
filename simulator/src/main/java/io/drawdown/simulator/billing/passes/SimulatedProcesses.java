package io.drawdown.simulator.billing.passes;

import io.drawdown.billing.BillingCore;
import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.engine.Processes;
import io.drawdown.billing.run.engine.Turn;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.simulator.world.Counts;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The batch processes of one process of the service, on its thread. */
public record SimulatedProcesses(Supplier<BillingCore> core, Time time, Scheduler scheduler, Counts counts)
        implements Processes {

    private static final String PAGES = "queued_pages";
    private static final String EXPIRY = "queue_expiry";
    private static final String NOTICES = "expiry_notices";
    private static final String EVENTS = "stripe_events";

    /** The names of all. */
    public static final List<String> ALL = List.of(PAGES, EXPIRY, NOTICES, EVENTS);

    @Override
    public boolean isKnown(String process) {
        return ALL.contains(process);
    }

    @Override
    public boolean isStuck(String process) {
        return false;
    }

    @Override
    public Execution start(String process, Turn turn, Consumer<Ending> ended) {
        Pass pass =
                switch (process) {
                    case PAGES -> new QueuePass(this, turn, ended);
                    case EXPIRY -> new ExpiryPass(this, turn, ended);
                    case NOTICES -> new NoticePass(this, turn, ended);
                    case EVENTS -> new CatchUpPass(this, turn, ended);
                    default -> throw new IllegalArgumentException("no process " + process);
                };
        scheduler.execute(pass::next);
        return pass;
    }
}
