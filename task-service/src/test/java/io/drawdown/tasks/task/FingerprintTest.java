package io.drawdown.tasks.task;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FingerprintTest {

    @Test
    void idsNumbersAndQuotedValuesMakeNoDifference() {
        // When
        String one = of("order 17 of \"ada\" not found: 5f3a-99 after 250ms");
        String other = of("order 923 of \"bob\" not found: 77c1-03 after 31ms");
        // Then
        assertThat(one).isEqualTo(other);
    }

    @Test
    void anotherTypeErrorOrTextMakesOne() {
        // Given
        TaskFailure failure = new TaskFailure(Reason.TEMPORARY, "IOException", "away");
        String one = Fingerprint.of("echo", failure);
        // Then
        assertThat(Fingerprint.of("mail", failure)).isNotEqualTo(one);
        assertThat(Fingerprint.of("echo", new TaskFailure(Reason.TEMPORARY, "OtherException", "away")))
                .isNotEqualTo(one);
        assertThat(Fingerprint.of("echo", new TaskFailure(Reason.TEMPORARY, "IOException", "refused")))
                .isNotEqualTo(one);
        assertThat(Fingerprint.of("echo", new TaskFailure(Reason.TIMEOUT, "IOException", "away")))
                .isNotEqualTo(one);
        assertThat(Fingerprint.of("echo", TaskFailure.of(Reason.TIMEOUT)))
                .isEqualTo(Fingerprint.of("echo", TaskFailure.of(Reason.TIMEOUT)));
    }

    private static String of(String message) {
        return Fingerprint.of("echo", new TaskFailure(Reason.TEMPORARY, "IOException", message));
    }
}
