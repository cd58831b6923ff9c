package io.drawdown.simulator.tasks;

import io.drawdown.tasks.task.Keys;
import io.drawdown.tasks.task.TaskDocument;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys that one task at a time may have, as the indexes of the store make sure. */
final class HeldKeys {

    private static final List<Function<Keys, @Nullable String>> UNIQUE = List.of(
            Keys::unique,
            Keys::running,
            keys -> keys.lease() == null ? null : keys.lease().slot());

    private HeldKeys() {}

    /** Whether none of the others has a key of this task. */
    static boolean areFree(TaskDocument task, Stream<TaskDocument> others) {
        Keys keys = task.keys();
        return keys == null
                || others.filter(other -> !other.id().equals(task.id()))
                        .map(TaskDocument::keys)
                        .filter(Objects::nonNull)
                        .noneMatch(held ->
                                UNIQUE.stream().anyMatch(which -> isSame(which.apply(keys), which.apply(held))));
    }

    private static boolean isSame(@Nullable String key, @Nullable String other) {
        return key != null && key.equals(other);
    }
}
