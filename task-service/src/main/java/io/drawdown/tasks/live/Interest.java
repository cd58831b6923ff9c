package io.drawdown.tasks.live;

/** Which tasks a client watches. */
public sealed interface Interest {

    /** One task. */
    record OfTask(String id) implements Interest {}

    /** All tasks with that tag. */
    record OfTag(String tag) implements Interest {}

    /** All tasks of that type. */
    record OfType(String type) implements Interest {}
}
