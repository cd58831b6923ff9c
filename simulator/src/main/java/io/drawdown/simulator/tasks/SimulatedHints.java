package io.drawdown.simulator.tasks;

import io.drawdown.contracts.TaskProgress;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.task.Lane;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The topics of hints, which every instance reads, its own hints too. A hint may be lost on the way, be late, or come twice. */
final class SimulatedHints implements Hints {

    private static final long MILLI = 1_000_000;
    private static final int WAYS = 8;
    private static final int LOST = 3;

    private final SimulationContext context;
    private final List<TasksHost> readers;
    private final SplittableRandom random;

    /** @param sender the name of the process */
    SimulatedHints(SimulationContext context, List<TasksHost> readers, String sender) {
        this.context = context;
        this.readers = readers;
        this.random = context.random(sender + " hints");
    }

    @Override
    public void waiting(String queue, Lane lane) {
        readers.forEach(reader -> send(reader, hints -> hints.waiting(queue, lane)));
    }

    @Override
    public void cancelAsked(String owner) {
        readers.forEach(reader -> send(reader, hints -> hints.cancelAsked(owner)));
    }

    /** Nobody watches. */
    @Override
    public void progressed(TaskProgress progress) {}

    private void send(TasksHost reader, Consumer<Hints> hint) {
        int way = random.nextInt(WAYS);
        if (way < LOST) {
            context.counts.count("hint lost");
            return;
        }
        tell(reader, hint);
        if (way == LOST) {
            context.counts.count("hint doubled");
            tell(reader, hint);
        }
    }

    private void tell(TasksHost reader, Consumer<Hints> hint) {
        long nanos = random.nextLong(random.nextInt(4) == 0 ? 5_000 * MILLI : 50 * MILLI);
        context.timeline.after(nanos, () -> {
            TasksProcess current = reader.current();
            if (current != null && current.process().isAlive()) {
                context.counts.count("hint told");
                current.process().run(() -> hint.accept(current.core().hinted()));
            }
        });
    }
}
