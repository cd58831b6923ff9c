package io.drawdown.billing.notice;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;

/**
 * The port to the people who get mail. Whoever wants a notice sent stores that it is due, in the write that makes it due; a process
 * sends it and stores that it is sent. So a notice is never lost, and is sent twice only after a crash between the two.
 */
public interface Notices {

    /**
     * Sends the notice. It returns when there is nothing more to do about it: the mail server has taken it, or has refused it for
     * good, or mail is off. It blocks, so it is called by processes, never by a core.
     *
     * @throws Unavailable it was not sent; it may be later
     * @throws OutcomeUnknown it may have been sent; sending it again may send it twice
     */
    void send(Notice notice);
}
