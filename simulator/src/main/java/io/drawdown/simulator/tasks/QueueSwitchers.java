package io.drawdown.simulator.tasks;

import io.drawdown.simulator.world.SimulationContext;
import java.util.random.RandomGenerator;

/** Those who pause queues, and let them go on. */
public final class QueueSwitchers {

    private final SimulationContext context;
    private final TasksSide side;

    QueueSwitchers(SimulationContext context, TasksSide side) {
        this.context = context;
        this.side = side;
    }

    public void pause(RandomGenerator random) {
        String type = any(random);
        side.any(random).ifPresent(process -> process.process().run(() -> process.core()
                .queues()
                .pause(type)
                .subscribe()
                .with(done -> context.counts.count("paused"), fault -> {})));
    }

    public void resume(RandomGenerator random) {
        resume(any(random), random);
    }

    private void resume(String type, RandomGenerator random) {
        side.any(random).ifPresent(process -> process.process()
                .run(() -> process.core().queues().resume(type).subscribe().with(done -> {}, fault -> {})));
    }

    /** Nothing is paused any more. */
    public void leave() {
        TasksSide.TYPES.forEach(type -> resume(type, context.random("leave")));
    }

    private static String any(RandomGenerator random) {
        return TasksSide.TYPES.get(random.nextInt(TasksSide.TYPES.size()));
    }
}
