package io.drawdown.billing.config;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Whether this instance sends mail. How it does is configured by {@code quarkus.mailer.*}. */
@ConfigMapping(prefix = "drawdown")
public interface MailConfig {

    Mail mail();

    /** The mail server. */
    interface Mail {

        /** Its host; without one no mail is sent. Also {@code SMTP_HOST}. */
        Optional<String> host();
    }
}
