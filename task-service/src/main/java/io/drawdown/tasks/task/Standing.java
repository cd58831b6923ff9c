package io.drawdown.tasks.task;

/** What tasks are counted by. */
public record Standing(String type, Lane lane, String tenant, TaskState.Name state) {

    public static Standing of(TaskDocument task) {
        return new Standing(
                task.spec().type(),
                task.spec().lane(),
                task.spec().tenant(),
                task.state().name());
    }

    Standing in(TaskState.Name other) {
        return new Standing(type, lane, tenant, other);
    }
}
