package io.drawdown.tasks.handler;

import io.drawdown.tasks.task.Policy;

/**
 * Does the tasks of one type. An implementation is a bean ({@code @Singleton}); the service finds it when it starts. Payload and
 * result are records, or any other type that JSON can be read into as a whole. A payload that cannot be read strictly into
 * {@code P} is refused when its task is sent.
 *
 * <p>A task may be handled more than once: after a failure, and after a crash of its process at any moment. What must not happen
 * twice belongs into {@link TaskContext#once}.
 *
 * @param <P> the payload
 * @param <R> the result
 */
public interface TaskHandler<P, R> {

    /** The name of the type: {@code a-z}, then up to 63 of {@code a-z}, {@code 0-9} and {@code _}. */
    String type();

    /**
     * Does one task. Called on a virtual thread of its own, so it may block; many tasks of the type run at the same time.
     *
     * @return the result, at most 256 KiB as JSON
     * @throws TemporaryFailure if another attempt may succeed
     * @throws PermanentFailure if no attempt can succeed
     * @throws Exception any other exception counts as temporary, and is named in the attempt
     */
    R handle(P payload, TaskContext context) throws Exception;

    /** How its tasks are attempted and kept, unless the configuration or the sender says otherwise. */
    default Policy policy() {
        return Policy.DEFAULT;
    }

    /** So many tasks of the type run in one instance at the same time, unless the configuration says otherwise. */
    default int concurrency() {
        return 64;
    }
}
