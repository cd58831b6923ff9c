package io.drawdown.billing.notice;

import io.drawdown.billing.config.MailConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The mail server as it is configured; without one no mail is sent. */
@Singleton
final class MailClients {

    private static final Logger LOG = Logger.getLogger(MailClients.class);

    @Produces
    @Singleton
    Notices notices(MailConfig config, ReactiveMailer mailer, Vertx vertx, MeterRegistry metrics) {
        if (config.mail().host().isEmpty()) {
            return MailClients::dropped;
        }
        Context eventLoop = ((VertxInternal) vertx).createEventLoopContext();
        return new MailNotices(mailer, send -> eventLoop.runOnContext(nothing -> send.run()), metrics);
    }

    private static void dropped(Notice notice) {
        LOG.infof("Notice not sent, mail is off (SMTP_HOST is not set): key=%s", notice.key());
    }
}
