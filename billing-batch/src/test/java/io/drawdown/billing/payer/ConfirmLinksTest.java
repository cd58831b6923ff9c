package io.drawdown.billing.payer;

import io.drawdown.billing.payer.ConfirmLinks.Opened;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConfirmLinksTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ConfirmLinks links = new ConfirmLinks("rk_test_one", Duration.ofHours(1));

    private static String tokenOf(String address) {
        assertThat(address).startsWith(ConfirmLinks.ADDRESS);
        return address.substring(ConfirmLinks.ADDRESS.length());
    }

    @Test
    void linkOpensItsPaymentUntilItExpires() {
        // When
        String token = tokenOf(links.address("team.1", "pi_3Pq_K", NOW));
        // Then
        assertThat(token).matches(ConfirmLinks.TOKEN).doesNotContain("pi_3Pq_K");
        assertThat(links.open(token, NOW.plusSeconds(3_599)))
                .isEqualTo(new Opened.Valid("team.1", "pi_3Pq_K", NOW.plusSeconds(3_600)));
        assertThat(links.open(token, NOW.plusSeconds(3_600))).isInstanceOf(Opened.Expired.class);
    }

    @Test
    void linkThatWasChangedOrIsSignedWithAnotherKeyOpensNothing() {
        // Given
        String token = tokenOf(links.address("ada", "pi_1", NOW));
        String foreign = tokenOf(new ConfirmLinks("rk_test_two", Duration.ofHours(1)).address("ada", "pi_1", NOW));
        int dot = token.indexOf('.');
        // Then
        assertThat(links.open(foreign, NOW)).isInstanceOf(Opened.Forged.class);
        assertThat(links.open("x" + token, NOW)).isInstanceOf(Opened.Forged.class);
        assertThat(links.open(token.substring(0, dot) + "." + "A".repeat(43), NOW))
                .isInstanceOf(Opened.Forged.class);
        assertThat(links.open("", NOW)).isInstanceOf(Opened.Forged.class);
        assertThat(links.open("AAAA." + token.substring(dot + 1), NOW)).isInstanceOf(Opened.Forged.class);
    }
}
