package io.drawdown.kit.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoWriteConcernException;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;

/**
 * Translates the exception of a failed database call into what a core needs to know: the call had no effect ({@link
 * Unavailable}), or it may have had one ({@link OutcomeUnknown}). If the command itself is wrong, the driver's
 * exception stays.
 */
public final class StoreFaults {

    private static final int LONGEST_MESSAGE = 80;

    private StoreFaults() {}

    /** A failed read has no effect. */
    public static <T> Uni<T> ofRead(Uni<T> read) {
        return read.onFailure(StoreFaults::isFault).transform(e -> new Unavailable("database away: " + brief(e), e));
    }

    /** A failed write may have happened, unless it never left this process. */
    public static <T> Uni<T> ofWrite(Uni<T> write) {
        return write.onFailure(StoreFaults::isFault).transform(StoreFaults::ofWrite);
    }

    private static RuntimeException ofWrite(Throwable e) {
        return wasNeverDone(e)
                ? new Unavailable("database away: " + brief(e), e)
                : new OutcomeUnknown("database did not confirm a write: " + brief(e), e);
    }

    /**
     * There was no server, no connection or no login; or the connection broke before anything was sent; or the server
     * refused.
     */
    private static boolean wasNeverDone(Throwable e) {
        return (e instanceof MongoClientException && !(e instanceof MongoOperationTimeoutException))
                || e instanceof MongoSocketOpenException
                || (e instanceof MongoServerException answer && wasRefused(answer))
                || isClosed(e);
    }

    /** An interruption may have let the write pass; a refusal is certain. */
    private static boolean wasRefused(MongoServerException answer) {
        return !(answer instanceof MongoWriteConcernException) && ServerCodes.isRefusal(answer);
    }

    private static boolean isFault(Throwable e) {
        if (e instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null) {
            return true;
        }
        return switch (e) {
            case MongoNotPrimaryException notPrimary -> true;
            case MongoNodeIsRecoveringException recovering -> true;
            case MongoWriteConcernException unconfirmed -> true;
            case MongoExecutionTimeoutException tooSlow -> true;
            case MongoServerException answer -> ServerCodes.isFault(answer);
            case MongoConfigurationException misuse -> false;
            case MongoException unreachable -> true;
            default -> isClosed(e);
        };
    }

    /** How the driver reports that the client is being closed. */
    private static boolean isClosed(Throwable e) {
        return e instanceof IllegalStateException
                && String.valueOf(e.getMessage()).startsWith("state should be");
    }

    /** The driver's message describes its whole view of the cluster; the beginning is enough. */
    private static String brief(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return e.getClass().getSimpleName() + ": " + message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
    }
}
