package io.drawdown.billing.publish.slack;

import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void serverThatWantsToBeAskedLaterHasNotPostedIt() {
        // When
        Posting posting = Refusals.of(503, "", "7", NOW);
        // Then
        assertThat(posting)
                .isEqualTo(new Posting.Refused(PublishFault.SERVICE_UNAVAILABLE, Optional.of(Duration.ofSeconds(7))));
    }

    @Test
    void proxyWithoutAnAnswerLeavesItUnknown() {
        // When
        Posting posting = Refusals.of(503, "upstream connect error", null, NOW);
        // Then
        assertThat(posting).isEqualTo(new Posting.Unknown("status 503"));
    }
}
