package io.drawdown.billing.notice;

import io.drawdown.billing.testing.BillingServers;
import io.drawdown.embedded.mail.ReceivedMail;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Against a real mail server; {@link FaultySmtp} makes some of its answers. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(MailServers.class)
class MailNoticesTest {

    @Inject
    Notices notices;

    @Inject
    MeterRegistry metrics;

    /** What the mail server has kept. */
    @SuppressWarnings("NullAway.Init") // by MailServers
    Path folder;

    @SuppressWarnings("NullAway.Init") // by MailServers
    FaultySmtp faulty;

    private static Notice to(String address) {
        return new Notice(
                address,
                "Grüße: your item expired",
                "Dear Ada,\n.\nit is gone.",
                "item:" + address.replace("@", ".") + ":1");
    }

    private List<ReceivedMail> received(String address) {
        return ReceivedMail.in(folder).stream()
                .filter(mail -> mail.to().equals(address))
                .toList();
    }

    private double count(String outcome) {
        var counter =
                metrics.find("drawdown.billing.notices").tag("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void mailArrivesAsItWasWritten() {
        // When
        notices.send(
                new Notice("words@example.com", "Grüße: your item expired", "Dear Ada,\n.\nit is gone.", "item:7:1"));
        // Then
        await().atMost(Duration.ofSeconds(10))
                .until(() -> received("words@example.com").size() == 1);
        ReceivedMail mail = received("words@example.com").getFirst();
        assertThat(mail.subject()).isEqualTo("Grüße: your item expired");
        assertThat(mail.text()).isEqualTo("Dear Ada,\n.\nit is gone.");
        assertThat(mail.messageId()).isEqualTo("<item=7=1@drawdown>");
    }

    @Test
    void permanentRefusalIsOverAndTemporaryOneIsNot() {
        // Given
        double refused = count("refused");
        // When
        notices.send(to("gone@example.com"));
        // Then
        assertThat(count("refused")).isEqualTo(refused + 1);
        assertThatThrownBy(() -> notices.send(to("busy@example.com"))).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> notices.send(to("denied@example.com"))).isInstanceOf(Unavailable.class);
        assertThat(ReceivedMail.in(folder)).noneMatch(mail -> mail.to().matches("(gone|busy|denied)@.*"));
    }

    /** About one in a hundred was lost. */
    @Test
    void greetingIsNotLostHoweverQuickItIs() {
        for (int each = 0; each < 200; each++) {
            assertThatThrownBy(() -> notices.send(to("busy@example.com"))).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void lostAnswerIsUnknown() {
        assertThatThrownBy(() -> notices.send(to("lost@example.com"))).isInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void serverThatIsAwayTakesTheMailLater() {
        // Given
        faulty.close();
        assertThatThrownBy(() -> notices.send(to("later@example.com"))).isInstanceOf(Unavailable.class);
        // When
        faulty.open();
        notices.send(to("later@example.com"));
        // Then
        await().atMost(Duration.ofSeconds(10))
                .until(() -> received("later@example.com").size() == 1);
    }
}
