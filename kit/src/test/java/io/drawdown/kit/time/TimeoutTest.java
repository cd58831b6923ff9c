package io.drawdown.kit.time;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimeoutTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final ManualTime time = new ManualTime();
    private final Timeout timeout = new Timeout(time, LIMIT);

    private static <T> UniAssertSubscriber<T> subscribed(Uni<T> uni) {
        return uni.subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void answerInTimePassesAndLeavesNoTimer() {
        // When
        var answer = subscribed(timeout.limit(time.answer(Duration.ofSeconds(1), () -> "yes")));
        time.advance(Duration.ofSeconds(1));
        // Then
        answer.assertItem("yes");
        assertThat(time.waiting()).isZero();
    }

    @Test
    void failureInTimePasses() {
        // When
        var answer = subscribed(timeout.limit(Uni.createFrom().failure(new Unavailable("away"))));
        // Then
        answer.assertFailedWith(Unavailable.class);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void withoutAnAnswerTheOutcomeIsUnknown() {
        // When
        var answer = subscribed(timeout.limit(Uni.createFrom().nothing()));
        time.advance(LIMIT);
        // Then
        answer.assertFailedWith(OutcomeUnknown.class, "no answer within PT2S");
    }

    @Test
    void answerThatComesLateIsNotHeard() {
        // Given
        var answer = subscribed(timeout.limit(time.answer(Duration.ofSeconds(3), () -> "late")));
        // When
        time.advance(Duration.ofSeconds(4));
        // Then
        answer.assertFailedWith(OutcomeUnknown.class);
    }

    @Test
    void anotherOutcomeCanTakeThePlaceOfALateAnswer() {
        // When
        var answer = subscribed(
                timeout.limit(Uni.createFrom().nothing(), Uni.createFrom().item("as far as it is known")));
        time.advance(LIMIT);
        // Then
        answer.assertItem("as far as it is known");
    }
}
