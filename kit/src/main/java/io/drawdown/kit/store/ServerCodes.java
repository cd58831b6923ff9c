package io.drawdown.kit.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The meaning of the error codes of a MongoDB-compatible server. A code in neither set means that the command is
 * wrong, which is a bug of ours.
 *
 * @see <a href="https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml">error_codes.yml</a>
 */
final class ServerCodes {

    /** The server refused before it did anything. */
    private static final Set<Integer> REFUSED = Set.of(
            13, // Unauthorized
            18, // AuthenticationFailed
            133, // FailedToSatisfyReadPreference
            134, // ReadConcernMajorityNotAvailableYet
            391, // ReauthenticationRequired
            14_031); // OutOfDiskSpace

    /** The server was interrupted or failed; a write may have been done. Some servers send no code at all (-1). */
    private static final Set<Integer> INTERRUPTED = Set.of(
            -1, 1, // InternalError
            6, // HostUnreachable
            7, // HostNotFound
            8, // UnknownError
            24, // LockTimeout
            46, // LockBusy
            50, // MaxTimeMSExpired
            63, // StaleShardVersion
            64, // WriteConcernTimeout
            79, // UnknownReplWriteConcern
            89, // NetworkTimeout
            91, // ShutdownInProgress
            100, // UnsatisfiableWriteConcern
            112, // WriteConflict
            150, // StaleEpoch
            189, // PrimarySteppedDown
            202, // NetworkInterfaceExceededTimeLimit
            262, // ExceededTimeLimit
            279, // ClientDisconnect
            290, // TransactionExceededLifetimeLimitSeconds
            317, // ConnectionPoolExpired
            384, // ConnectionError
            402, // ResourceExhausted
            462, // IngressRequestRateLimitExceeded
            9_001, // SocketException
            10_058, // legacy code of a server that is not the primary
            10_107, // NotWritablePrimary
            11_600, // InterruptedAtShutdown
            11_601, // Interrupted
            11_602, // InterruptedDueToReplStateChange
            13_388, // StaleConfig
            13_435, // NotPrimaryNoSecondaryOk
            13_436); // NotPrimaryOrSecondary

    private ServerCodes() {}

    /** The command had no effect and will have none. */
    static boolean isRefusal(MongoException answer) {
        return !(answer instanceof MongoBulkWriteException) && codesOf(answer).allMatch(REFUSED::contains);
    }

    /** The command is right, but the server could not execute it, or not completely. */
    static boolean isFault(MongoException answer) {
        return codesOf(answer).anyMatch(code -> REFUSED.contains(code) || INTERRUPTED.contains(code));
    }

    private static IntStream codesOf(MongoException answer) {
        return switch (answer) {
            case MongoWriteException one -> IntStream.of(one.getError().getCode());
            case MongoBulkWriteException many -> many.getWriteErrors().stream().mapToInt(error -> error.getCode());
            default -> IntStream.of(answer.getCode());
        };
    }
}
