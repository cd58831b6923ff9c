package io.drawdown.embedded.slack;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * Something that shall go wrong.
 *
 * @param path a part of the paths that it meets
 * @param times how many requests it meets
 * @param detail the error of {@link Kind#ERROR}; the seconds of {@link Kind#RATE_LIMIT}; else unused
 */
public record SlackFault(Kind kind, String path, int times, String detail) {

    /** What happens. */
    public enum Kind {
        /** 429 with {@code Retry-After}; nothing is posted. */
        RATE_LIMIT,
        /** {@code ok: false}, or the error's text and status 403 for a webhook; nothing is posted. */
        ERROR,
        /** The connection closes; nothing is posted. */
        NO_ANSWER_BEFORE,
        /** It is posted, and the connection closes. */
        NO_ANSWER_AFTER,
        /** It is posted, and nothing is answered; the connection stays open. */
        SILENCE_AFTER,
        /** Status 500; nothing is posted. */
        ERROR_500,
        /** It is posted, and answered with status 500. */
        ERROR_500_AFTER
    }

    public SlackFault {
        if (times < 1) {
            throw new IllegalArgumentException("a fault that meets " + times + " requests");
        }
    }

    /** One that meets the next request to post. */
    public static SlackFault once(Kind kind, String detail) {
        return new SlackFault(kind, "", 1, detail);
    }

    static SlackFault of(JsonObject json) {
        return new SlackFault(
                Kind.valueOf(json.getString("kind", "").toUpperCase(Locale.ROOT)),
                json.getString("path", ""),
                json.getInteger("times", 1),
                json.getString("detail", ""));
    }
}
