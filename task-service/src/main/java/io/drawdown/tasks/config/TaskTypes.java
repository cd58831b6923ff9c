package io.drawdown.tasks.config;

import io.drawdown.tasks.task.Policy;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types of tasks that this instance knows. */
public final class TaskTypes {

    private final Map<String, TaskType> types;

    public TaskTypes(Collection<TaskType> types) {
        this.types = types.stream().collect(Collectors.toUnmodifiableMap(TaskType::name, Function.identity()));
    }

    public Optional<TaskType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** All of them, in the order of their names. */
    public List<TaskType> all() {
        return types.values().stream()
                .sorted(Comparator.comparing(TaskType::name))
                .toList();
    }

    /** The types whose handlers are in this instance, in the order of their names. */
    public List<TaskType> handledHere() {
        return all().stream().filter(TaskType::isHandledHere).toList();
    }

    /** A task may have a type that only a newer or older version knows. */
    public Policy policyOf(String name) {
        return find(name).map(TaskType::policy).orElse(Policy.DEFAULT);
    }
}
