package io.drawdown.billing.run;

import io.drawdown.billing.batch.Schedule;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CronTimesTest {

    @ParameterizedTest
    @CsvSource({
        "*/5 * * * *, UTC, 2026-03-01T10:02:00Z, 2026-03-01T10:05:00Z, 2026-03-01T10:00:00Z",
        "0 9 * * *, Europe/Berlin, 2026-07-01T00:00:00Z, 2026-07-01T07:00:00Z, 2026-06-30T07:00:00Z",
        "0 9 * * *, Europe/Berlin, 2026-12-01T00:00:00Z, 2026-12-01T08:00:00Z, 2026-11-30T08:00:00Z",
        "*/5 * * * *, UTC, 2026-03-01T10:05:00Z, 2026-03-01T10:10:00Z, 2026-03-01T10:05:00Z"
    })
    void timesAreThoseOfTheZone(String cron, String zone, Instant now, Instant next, Instant last) {
        // When
        CronTimes times = new CronTimes(Schedule.cron(cron, zone));
        // Then
        assertThat(times.after(now)).contains(next);
        assertThat(times.upTo(now)).contains(last);
    }

    /** In the night in which the clock goes on from 2 to 3. */
    @Test
    void timeThatDoesNotExistIsSkipped() {
        // When
        CronTimes times = new CronTimes(Schedule.cron("30 2 * * *", "Europe/Berlin"));
        // Then
        assertThat(times.after(Instant.parse("2026-03-29T00:00:00Z")).orElseThrow())
                .isAfterOrEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "every day", "* * * *", "61 * * * *", "0 0 9 * * ?"})
    void whatIsNoCronExpressionIsRefused(String expression) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CronTimes(Schedule.cron(expression, "UTC")));
    }
}
