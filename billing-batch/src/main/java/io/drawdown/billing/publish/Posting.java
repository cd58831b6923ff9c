package io.drawdown.billing.publish;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a request to publish. */
public sealed interface Posting {

    /** @param message absent: the receiver does not say */
    record Posted(@Nullable Message message) implements Posting {}

    /**
     * It was not posted.
     *
     * @param retryAfter how long the receiver wants to be left alone, if it says so
     */
    record Refused(PublishFault fault, Optional<Duration> retryAfter) implements Posting {}

    /** It may have been posted. */
    record Unknown(String why) implements Posting {}

    static Posting refused(PublishFault fault) {
        return new Refused(fault, Optional.empty());
    }

    /**
     * A message in Slack.
     *
     * @param ts names it within its channel
     */
    record Message(String channel, String ts) {}
}
