package io.drawdown.billing.notice;

import io.drawdown.kit.faults.Unavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.SMTPException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What becomes of mail that no server takes. */
class MailFaultsTest {

    private static final Notice NOTICE = new Notice("ada@example.com", "subject", "text", "item:7:1");

    private static Notices answering(int code, String text) {
        return new MailNotices(
                mails -> Uni.createFrom().failure(new SMTPException(text, code, List.of(text), code >= 500)),
                Runnable::run,
                new SimpleMeterRegistry());
    }

    @Test
    void faultSaysNothingThatTheServerSays() {
        // Given
        Notices notices = answering(450, "450 4.2.0 <ada@example.com>: greylisted");
        // When
        Throwable fault = catchThrowable(() -> notices.send(NOTICE));
        // Then
        StringWriter logged = new StringWriter();
        fault.printStackTrace(new PrintWriter(logged));
        assertThat(fault).isInstanceOf(Unavailable.class).hasMessageContaining("450");
        assertThat(logged.toString()).doesNotContain("ada@");
    }

    @Test
    void addressThatIsNoneIsTriedForSomeDaysOnly() {
        // Given
        Notices notices = answering(501, "501 5.1.3 bad recipient address syntax");
        // Then
        assertThatThrownBy(() -> notices.send(NOTICE, Duration.ofDays(4))).isInstanceOf(Unavailable.class);
        assertThatCode(() -> notices.send(NOTICE, Duration.ofDays(5))).doesNotThrowAnyException();
    }
}
