package io.drawdown.simulator.bugs.overlay;

import io.drawdown.simulator.history.Scene;
import java.util.List;

/**
 * A known bug: code that a careless engineer would have written.
 *
 * @param scene the histories in which it is looked for
 * @param name says what is wrong, in the words of {@code docs/correctness.md}
 * @param edits the changes that make it, in one file or several
 */
public record SeededBug(Scene scene, String name, List<Edit> edits) {

    public SeededBug {
        edits = List.copyOf(edits);
    }

    /** A bug of the services that sell sessions. */
    public SeededBug(String name, List<Edit> edits) {
        this(Scene.CREDITS, name, edits);
    }

    /** A bug of task-service, in one place. */
    public static SeededBug ofTasks(String name, String path, String find, String replacement) {
        return new SeededBug(Scene.TASKS, name, List.of(new Edit(path, find, replacement)));
    }

    /** A bug of billing-batch, in one place. */
    public static SeededBug ofBilling(String name, String path, String find, String replacement) {
        return new SeededBug(Scene.BILLING, name, List.of(new Edit(path, find, replacement)));
    }

    /** A bug in one place. */
    public static SeededBug of(String name, String path, String find, String replacement) {
        return new SeededBug(name, List.of(new Edit(path, find, replacement)));
    }

    @Override
    public String toString() {
        return name;
    }
}
