package io.drawdown.tasks.run;

import io.drawdown.tasks.config.TaskType;
import java.util.List;

/** The types of which too many handlers ignored that they should stop: no more of them are started here until they end. */
final class StuckTypes {

    /** Abandoned handlers of a type, in multiples of those that may run at the same time. */
    private static final int MOST_ABANDONED = 2;

    private final RunPorts ports;

    StuckTypes(RunPorts ports) {
        this.ports = ports;
    }

    boolean contains(TaskType type) {
        return ports.handlers().abandoned(type.name()) > MOST_ABANDONED * type.concurrency();
    }

    List<String> names() {
        return ports.types().handledHere().stream()
                .filter(this::contains)
                .map(TaskType::name)
                .toList();
    }
}
