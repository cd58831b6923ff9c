package io.drawdown.billing.notice;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The port to the people who get mail. Whoever wants a notice sent stores that it is due, in the write that makes it due; a process
 * sends it and stores that it is sent. So a notice is never lost, and is sent twice only after a crash between the two.
 */
public interface Notices {

    /** How long a notice is tried. */
    Duration LONGEST = Duration.ofDays(5);

    /**
     * Sends the notice. It returns when there is nothing more to do about it: the mail server has taken it, or has refused it for
     * good, or mail is off. It blocks, so it is called by processes, never by a core.
     *
     * @throws Unavailable it was not sent; it may be later
     * @throws OutcomeUnknown it may have been sent; sending it again may send it twice
     */
    void send(Notice notice);

    /**
     * The same for one that is due for so long. After five days it is given up, as mail servers do (RFC 5321, 4.5.4.1): what no server
     * takes, e.g. because the address is none, is not tried for ever.
     */
    default void send(Notice notice, Duration age) {
        try {
            send(notice);
        } catch (Unavailable | OutcomeUnknown fault) {
            if (age.compareTo(LONGEST) < 0) {
                throw fault;
            }
            Logger.getLogger(Notices.class).warnf("Notice given up: key=%s fault=%s", notice.key(), fault.getMessage());
        }
    }
}
