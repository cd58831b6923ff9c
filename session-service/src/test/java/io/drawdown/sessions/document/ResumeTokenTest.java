package io.drawdown.sessions.document;

import io.drawdown.kit.security.SocketToken;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ResumeTokenTest {

    private static final String A = SocketToken.hash("a");
    private static final String B = SocketToken.hash("b");
    private static final String C = SocketToken.hash("c");

    private final ResumeToken first = ResumeToken.first(A);

    @Test
    void theCurrentTokenNamesTheNextOne() {
        assertThat(first.next("a", B, 1)).contains(new ResumeToken(B, A, 1));
        assertThat(first.next("guess", B, 1)).isEmpty();
    }

    @Test
    void thePreviousTokenCountsAgainIfItNamesTheSameNextByAGreaterAttempt() {
        // Given
        ResumeToken second = first.next("a", B, 2).orElseThrow();
        // Then
        assertThat(second.next("a", B, 3)).contains(new ResumeToken(B, A, 3));
        assertThat(second.next("b", C, 4)).contains(new ResumeToken(C, B, 4));
    }

    @Test
    void anAttemptThatWasGivenUpIsRefused() {
        // Given
        ResumeToken second = first.next("a", B, 2).orElseThrow();
        // Then
        assertThat(second.next("a", B, 1)).isEmpty();
        assertThat(second.next("a", B, 2)).isEmpty();
    }

    @Test
    void anotherDeviceWithAnOldTokenIsRefused() {
        // Given
        ResumeToken third = first.next("a", B, 1).orElseThrow().next("b", C, 2).orElseThrow();
        // Then
        assertThat(third.next("a", B, 9)).isEmpty();
        assertThat(third.next("b", A, 9)).isEmpty();
    }

    @Test
    void aTokenIsNotUsedAgain() {
        // Given
        ResumeToken second = first.next("a", B, 1).orElseThrow();
        // Then
        assertThat(first.next("a", A, 1)).isEmpty();
        assertThat(second.next("b", B, 2)).isEmpty();
        assertThat(second.next("b", A, 2)).isEmpty();
    }
}
