package io.drawdown.billing.notice;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Notices by SMTP. A log shows the key of a notice, never its address or its text. A mail is sent from the thread of an event loop: when
 * it is begun anywhere else, the mail client may lose the greeting of a server that is quick, and wait for it until it gives up.
 */
final class MailNotices implements Notices {

    private static final Logger LOG = Logger.getLogger(MailNotices.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Replies after which this mail will never be taken (RFC 5321, 4.2.3; RFC 7504). Other replies from 500 on are about this
     * service or its configuration, e.g. 535 for a wrong password: once that is mended the mail can be sent.
     */
    private static final Set<Integer> FOR_GOOD = Set.of(521, 550, 551, 553, 554, 556);

    private final ReactiveMailer mailer;
    private final Executor eventLoop;
    private final MeterRegistry metrics;

    MailNotices(ReactiveMailer mailer, Executor eventLoop, MeterRegistry metrics) {
        this.mailer = mailer;
        this.eventLoop = eventLoop;
        this.metrics = metrics;
        // Each is there from the start, so that the first one is a rise.
        Stream.of("sent", "refused", "failed", "unknown").forEach(this::counter);
    }

    @Override
    public void send(Notice notice) {
        Mail mail = Mail.withText(notice.to(), notice.subject(), notice.text())
                .addHeader("Message-ID", "<" + notice.key().replace(':', '=') + "@drawdown>");
        try {
            mailer.send(mail).runSubscriptionOn(eventLoop).await().atMost(PATIENCE);
            count("sent");
        } catch (TimeoutException e) {
            count("unknown");
            throw new OutcomeUnknown("the mail server did not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (RuntimeException e) {
            failed(notice, e);
        }
    }

    /** What the server or the library says may quote the address: it is neither logged nor passed on. */
    private void failed(Notice notice, RuntimeException fault) {
        Optional<SMTPException> refusal = find(fault, SMTPException.class);
        if (refusal.filter(reply -> FOR_GOOD.contains(reply.getReplyCode())).isPresent()) {
            count("refused");
            LOG.warnf(
                    "Notice refused for good by the mail server: key=%s reply=%d",
                    notice.key(), refusal.get().getReplyCode());
            return;
        }
        boolean isUnsent = refusal.isPresent()
                || find(fault, ConnectException.class).isPresent()
                || find(fault, UnknownHostException.class).isPresent();
        count(isUnsent ? "failed" : "unknown");
        String why = refusal.map(reply -> "reply " + reply.getReplyCode())
                .orElseGet(() -> fault.getClass().getSimpleName());
        throw isUnsent
                ? new Unavailable("the mail server did not take it: " + why)
                : new OutcomeUnknown("the mail server was lost while it was sent: " + why);
    }

    private static <T> Optional<T> find(Throwable fault, Class<T> type) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private void count(String outcome) {
        counter(outcome).increment();
    }

    private Counter counter(String outcome) {
        return metrics.counter("drawdown.billing.notices", "outcome", outcome);
    }
}
