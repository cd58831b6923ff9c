package io.drawdown.tasks.external;

import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.external.Leased.Granted;
import io.drawdown.tasks.external.Worker.Run;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.testing.Tasks;
import io.drawdown.tasks.testing.World;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workers elsewhere and their tasks, in a world. */
record Elsewhere(World world) {

    static final Duration VISIBILITY = Duration.ofSeconds(30);

    /** What a request was answered, as soon as it was. */
    static final class Asked {
        final List<Leased> answers = new ArrayList<>();
        final List<Throwable> faults = new ArrayList<>();

        List<TaskDocument> tasks() {
            return answers.stream()
                    .flatMap(each -> Elsewhere.tasks(each).stream())
                    .toList();
        }
    }

    static LeaseRequest request(String worker, int most, @Nullable String key) {
        return new LeaseRequest(
                new Worker("shop", worker),
                List.of("elsewhere"),
                most,
                VISIBILITY,
                Duration.ofSeconds(20),
                key == null ? null : new LeaseRequest.Key(key, "hash"));
    }

    Asked ask(LeaseRequest request) {
        return ask(world.core, request);
    }

    /** Asks within the loop of the core. */
    Asked ask(TasksCore core, LeaseRequest request) {
        Asked asked = new Asked();
        Uni<Leased> lease = core.external().lease(request);
        world.time.execute(() -> lease.subscribe().with(asked.answers::add, asked.faults::add));
        world.time.runUntilIdle();
        return asked;
    }

    TaskDocument send() {
        return world.send(world.spec("elsewhere"));
    }

    TaskDocument read(TaskDocument task) {
        return world.tasks.one(task.id());
    }

    /** A task that has crashed twice. */
    void suspect(String id) {
        TaskDocument task = Tasks.waiting(id, world.spec("elsewhere"));
        for (int each = 0; each < 2; each++) {
            task = Runs.crash(Runs.claim(task, "dead", world.now()), Policy.DEFAULT, world.now());
        }
        world.tasks.documents.put(id, task);
    }

    RunAnswer complete(TaskDocument leased) {
        return world.now(world.core.external().runs().complete(run(leased), "{}"));
    }

    static Run run(TaskDocument leased) {
        return new Run(leased.id(), "shop", leased.counters().fence());
    }

    static List<TaskDocument> tasks(Leased leased) {
        return leased instanceof Granted granted ? granted.tasks() : List.of();
    }
}
