package io.drawdown.tasks.run;

import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TasksSettings;
import io.drawdown.tasks.task.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SlotsTest {

    private static final TaskType ECHO = new TaskType("echo", Policy.DEFAULT, 3, true);
    private static final TaskType MAIL = new TaskType("mail", Policy.DEFAULT, 8, true);

    private final Slots slots = new Slots(new TasksSettings("one", 5, 1_000, 100, 10_000, Duration.ofSeconds(30)));

    @Test
    void soManyRunAsTheInstanceAndTheTypeAllow() {
        // When
        for (int each = 0; each < 3; each++) {
            slots.take("echo", 1);
        }
        // Then
        assertThat(slots.free(ECHO)).isZero();
        assertThat(slots.free(MAIL)).isEqualTo(2);
        slots.free("echo", 1);
        assertThat(slots.free(ECHO)).isEqualTo(1);
        assertThat(slots.free(MAIL)).isEqualTo(3);
    }

    @Test
    void payloadsOfAllThatRunsAreBoundedInBytes() {
        // Given
        slots.take("echo", 600);
        // When, Then
        assertThat(slots.fits(MAIL, 400)).isTrue();
        assertThat(slots.fits(MAIL, 401)).isFalse();
        slots.take("mail", 400);
        assertThat(slots.free(MAIL)).isZero();
        slots.free("echo", 600);
        assertThat(slots.fits(MAIL, 600)).isTrue();
    }

    @Test
    void oneTaskRunsHoweverLargeItIs() {
        assertThat(slots.fits(ECHO, 5_000)).isTrue();
    }
}
