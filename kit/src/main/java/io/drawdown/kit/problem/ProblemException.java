package io.drawdown.kit.problem;

import io.drawdown.contracts.ProblemType;
import java.util.Map;

/** Ends a request with a problem. Only edges use it; a core returns sealed outcomes. */
public final class ProblemException extends RuntimeException {

    private final ProblemType type;
    private final Map<String, Object> extensions;
    private final int retrySeconds;

    public ProblemException(ProblemType type) {
        this(type, type.title());
    }

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, Map.of());
    }

    /** @param extensions further members of the problem, in snake_case */
    public ProblemException(ProblemType type, String detail, Map<String, Object> extensions) {
        this(type, detail, extensions, Integer.parseInt(Problem.RETRY_AFTER_SECONDS));
    }

    private ProblemException(ProblemType type, String detail, Map<String, Object> extensions, int retrySeconds) {
        super(detail, null, false, false);
        this.type = type;
        this.extensions = Map.copyOf(extensions);
        this.retrySeconds = retrySeconds;
    }

    /**
     * A problem that waiting helps.
     *
     * @param seconds after which the client may try again
     */
    public static ProblemException retryAfter(ProblemType type, int seconds) {
        return new ProblemException(type, type.title(), Map.of(), seconds);
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /** After how many seconds the client may try again, if that helps. */
    public int retrySeconds() {
        return retrySeconds;
    }

    public Map<String, Object> extensions() {
        return extensions;
    }
}
