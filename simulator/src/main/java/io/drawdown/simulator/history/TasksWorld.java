package io.drawdown.simulator.history;

import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.tasks.QueueSwitchers;
import io.drawdown.simulator.tasks.Senders;
import io.drawdown.simulator.tasks.TasksSide;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.util.List;

/** task-service, those who send tasks, and the faults. */
final class TasksWorld implements World {

    private static final long SECOND = 1_000_000_000;
    private static final long ROUND = 5 * SECOND;

    /** Suspects run one at a time, and each may need its time and its verdict. */
    private static final int MOST_ROUNDS = 200;

    private static final long MINUTE = 60 * SECOND;
    private static final int AFTER_CLOCK_STEPS = 6;

    /** Minutes. One is due every ten minutes by the databases' clocks, which may step back; what arrives late is in the one after. */
    private static final int UNTIL_RECOUNTED = 26;

    final TasksSide tasks;
    final Senders senders;
    final QueueSwitchers switchers;
    final Chaos chaos;
    private final SimulationContext context;
    private final Clock clock;

    TasksWorld(long seed, boolean isTraced) {
        context = new SimulationContext(seed, isTraced);
        clock = new Clock(context);
        Broker broker = new Broker(context);
        tasks = new TasksSide(context, broker, context.random("terms"));
        senders = tasks.senders();
        switchers = tasks.switchers();
        chaos = new Chaos(context, List.of(tasks.database()), Duration.ofMinutes(2));
        tasks.start();
        pass(SECOND / 5);
    }

    @Override
    public SimulationContext context() {
        return context;
    }

    @Override
    public void pass(long nanos) {
        clock.pass(nanos);
    }

    @Override
    public void comeToRest() {
        context.heal();
        pass(20 * SECOND);
        switchers.leave();
        for (int round = 0; round < MOST_ROUNDS && !tasks.isAtRest(); round++) {
            switchers.leave();
            tasks.remoteWorkers().finish();
            pass(ROUND);
        }
        for (int round = 0; round < AFTER_CLOCK_STEPS && chaos.hasSteppedClocks() && !tasks.isAtRest(); round++) {
            context.counts.count("waited for clocks");
            pass(MINUTE);
        }
        recount();
        tasks.checkAtRest();
    }

    /** What an answer that was lost, or a process that died, left uncounted is found by the next recount that is exact. */
    private void recount() {
        pass(ROUND);
        for (int round = 0; round < UNTIL_RECOUNTED && context.findings.isEmpty() && !tasks.isCounted(); round++) {
            context.counts.count("waited for a recount");
            pass(MINUTE);
        }
    }
}
