package io.drawdown.embedded.stripe.oracle;

import io.drawdown.embedded.stripe.api.Answer;
import java.util.function.Supplier;

/** What the server does with a request, once all that it changed is in the file. */
public sealed interface Reaction {

    record Reply(Answer answer, long delayMillis) implements Reaction {}

    /** The connection is closed without an answer. */
    record Close() implements Reaction {}

    /** The connection stays open without an answer. */
    record Hang() implements Reaction {}

    /** The request is looked at again after a time, even if its client has gone. */
    record Later(long delayMillis, Supplier<Reaction> then) implements Reaction {}

    static Reaction reply(Answer answer) {
        return new Reply(answer, 0);
    }
}
