package io.drawdown.tasks.task;

import io.drawdown.kit.idempotency.Digest;
import java.util.Objects;
import java.util.regex.Pattern;

/** Tells which dead tasks failed in the same way: of one type, with the same error, and with messages of one form. */
final class Fingerprint {

    /** Ids, numbers and quoted values: what differs between two failures of one cause. */
    private static final Pattern VARIABLE =
            Pattern.compile("\"[^\"]*\"|'[^']*'|\\b[0-9a-fA-F-]*[0-9][0-9a-zA-Z_-]*\\b");

    private Fingerprint() {}

    static String of(String type, TaskFailure failure) {
        String message = VARIABLE.matcher(Objects.requireNonNullElse(failure.message(), ""))
                .replaceAll("#");
        return Digest.of(type, failure.reason().name(), Objects.requireNonNullElse(failure.error(), ""), message);
    }
}
