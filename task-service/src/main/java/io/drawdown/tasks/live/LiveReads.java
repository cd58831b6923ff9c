package io.drawdown.tasks.live;

import io.drawdown.tasks.store.TaskPages.Query;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The port to the stored tasks. Completes on the live thread. */
public interface LiveReads {

    /** The task as it is stored, read after this call began. */
    Uni<Optional<TaskDocument>> task(String id);

    /** Those of the tasks that exist. */
    Uni<List<TaskDocument>> tasks(Collection<String> ids);

    /** The tasks that fit, the latest first. */
    Uni<List<TaskDocument>> page(Query query);
}
