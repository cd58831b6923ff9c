package io.drawdown.embedded.process;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats a failure and its causes in one line. */
final class Causes {

    private Causes() {}

    static String of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(cause -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
                .distinct()
                .collect(Collectors.joining(": "));
    }
}
