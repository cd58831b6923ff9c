package io.drawdown.tasks.live;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which tasks a client watches. */
public sealed interface Interest {

    /** One task. */
    record OfTask(String id) implements Interest {}

    /** All tasks with that tag. */
    record OfTag(String tag) implements Interest {}

    /** All tasks of that type. */
    record OfType(String type) implements Interest {}

    /** Every interest that a task belongs to. */
    static Stream<Interest> of(String taskId, String type, @Nullable List<String> tags) {
        Stream<Interest> ofTags = tags == null ? Stream.of() : tags.stream().map(OfTag::new);
        return Stream.concat(Stream.of(new OfTask(taskId), new OfType(type)), ofTags);
    }
}
