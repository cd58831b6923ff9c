package io.drawdown.embedded.process;

import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * Explains in one sentence why a server cannot go on: which file or port is the reason, and what to do.
 *
 * @param server its name, e.g. {@code The database}
 * @param data the folder of its data
 */
public record ServerFailure(String server, Path data, int port) {

    private static final int LONGEST_CAUSE = 160;
    private static final String NO_SPACE = "No space left on device";
    private static final String TAKEN = "Address already in use";

    /** The message of a server that does not serve yet. */
    public String atStart(Throwable failure) {
        return server + " could not start: " + reason(failure);
    }

    /** The message of a server that has to end. */
    public String later(Throwable failure) {
        return server + " ends: " + reason(failure);
    }

    private String reason(Throwable failure) {
        String causes = Causes.of(failure).replaceAll("\\s*\\R\\s*", " ");
        String brief = causes.substring(0, Math.min(causes.length(), LONGEST_CAUSE));
        if (find(failure, BindException.class).isPresent() || causes.contains(TAKEN)) {
            return "port " + port + " is taken by another process";
        }
        if (causes.contains(NO_SPACE)) {
            return data + " cannot be written, the disk is full; make room and start it again";
        }
        if (find(failure, AccessDeniedException.class).isPresent()) {
            return data + " cannot be used, permission is missing";
        }
        if (find(failure, FileAlreadyExistsException.class).isPresent()) {
            return data + " cannot be used, a file is in the place of the folder";
        }
        Optional<MVStoreException> store = find(failure, MVStoreException.class);
        return store.map(found -> reason(found, brief)).orElseGet(() -> damaged(brief));
    }

    private String reason(MVStoreException store, String brief) {
        return switch (store.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED ->
                data + " is used by another process; './drawdown down' ends a stack that still runs";
            case DataUtils.ERROR_WRITING_FAILED -> data + " cannot be written (" + brief + ")";
            default -> damaged(brief);
        };
    }

    private String damaged(String brief) {
        return "its data in " + data + " is damaged (" + brief
                + "); './drawdown reset' removes the data of the local stack, so that it starts anew";
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
