package io.drawdown.billing.publish;

import io.smallrye.mutiny.Uni;

/**
 * The port to where items are published. A call answers within {@link #LONGEST_CALL_SECONDS}, on the core's thread, and does not
 * fail: what went wrong is an answer.
 */
public interface Publisher {

    /** After so many seconds a call is over: nothing that it sent is still under way at its sender. */
    int LONGEST_CALL_SECONDS = 25;

    /** Sends one request at most. */
    Uni<Posting> post(Target target, Post post);

    /** Whether a message with that key is in the channel. */
    Uni<Look> look(Look.Question question);
}
