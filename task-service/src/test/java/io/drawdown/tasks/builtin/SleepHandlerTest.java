package io.drawdown.tasks.builtin;

import io.drawdown.kit.json.Json;
import io.drawdown.kit.json.UnreadableException;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.tasks.builtin.SleepHandler.Nap;
import io.drawdown.tasks.handler.PermanentFailure;
import io.drawdown.tasks.handler.TemporaryFailure;
import io.drawdown.tasks.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SleepHandlerTest {

    private final SleepHandler handler = new SleepHandler(new ManualTime());

    @Test
    void asManyAttemptsFailAsItIsToldTo() throws InterruptedException {
        // Given
        Nap nap = new Nap(0, 1, null, null, null);
        TestContext first = new TestContext();
        // When Then
        assertThatExceptionOfType(TemporaryFailure.class).isThrownBy(() -> handler.handle(nap, first));
        assertThat(handler.handle(nap, first.nextAttempt()).attempt()).isEqualTo(2);
    }

    @Test
    void failureIsPermanentIfItIsToldSo() {
        assertThatExceptionOfType(PermanentFailure.class)
                .isThrownBy(() -> handler.handle(new Nap(0, 1, true, null, null), new TestContext()));
    }

    @Test
    void itStopsWhenItIsToldTo() {
        // Given
        TestContext context = new TestContext();
        context.cancel();
        // When Then
        assertThatExceptionOfType(TemporaryFailure.class)
                .isThrownBy(() -> handler.handle(new Nap(60_000, null, null, null, null), context))
                .withMessageContaining("told to stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'millis':-1}", "{'millis':3600001}", "{'millis':1,'more':1}", "{'millis':'1'}"})
    void napThatIsNoneIsRefused(String json) {
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> Json.readStrictly(json.replace('\'', '"'), Nap.class));
    }
}
