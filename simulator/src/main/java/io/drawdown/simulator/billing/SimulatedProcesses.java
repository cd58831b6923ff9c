package io.drawdown.simulator.billing;

import io.drawdown.billing.item.engine.Items;
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
record SimulatedProcesses(Supplier<Items> items, Time time, Scheduler scheduler, Counts counts) implements Processes {

    static final String PAGES = "queued_pages";
    static final String EXPIRY = "queue_expiry";
    static final List<String> ALL = List.of(PAGES, EXPIRY);

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
        ItemPass pass = process.equals(PAGES) ? new QueuePass(this, turn, ended) : new ExpiryPass(this, turn, ended);
        scheduler.execute(pass::next);
        return pass;
    }
}
