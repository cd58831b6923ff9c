package io.drawdown.billing.publish;

import java.time.Instant;

/** What a look for a message has found. */
public sealed interface Look {

    /**
     * Which message is looked for.
     *
     * @param key of the {@link Post}
     * @param since it was posted at that time or later
     * @param until and at that time or before
     */
    record Question(String channel, String key, Instant since, Instant until) {}

    record Found(Posting.Message message) implements Look {}

    /** All messages of that time were seen, and it is none of them. */
    record Absent() implements Look {}

    /** Nobody knows now; a later look may. */
    record Unavailable(String why) implements Look {}

    /** It cannot be looked for: the bot may not read, or is not in the channel any more. */
    record Impossible(PublishFault fault) implements Look {}
}
