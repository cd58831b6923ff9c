package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.account.AccountSummary;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.Runway;
import io.drawdown.kit.testing.ManualTime;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The runway is right for increments of any length, and for several sessions at once. */
class RunwayTest {

    @ParameterizedTest(name = "{0} credits, {1} for each begun {2} ms, used {3} ms: {4} s")
    @CsvSource({
        "10,   1,        1000,  0,      10",
        "10,   1,        1000,  2500,   10",
        "10,   1,        1500,  0,      15",
        "1.5,  1,        60000, 0,      60",
        "2,    1,        60000, 0,      120",
        "2,    1,        60000, 30000,  150",
        "0,    1,        60000, 30000,  30",
        "0,    1,        60000, 60000,  0",
        "0.7,  0.25,     7000,  0,      14",
        "9,    0.000001, 3600000, 0,    3153600000",
        "0.000002, 0.000001, 3600000, 0, 7200",
        "5,    1,        100,   0,      0",
        "8589934592, 0.000001, 1, 0,    3153600000"
    })
    void ofOneSession(String balance, String price, long increment, long used, long seconds) {
        // Given
        Rate rate = new Rate("k", Credits.of(new BigDecimal(price)), increment);
        Hold hold = hold(rate, used);
        // When
        Long runway = Runway.seconds(List.of(hold), Credits.of(new BigDecimal(balance)));
        // Then
        assertThat(runway).isEqualTo(seconds);
    }

    @Test
    void ofSeveralSessionsTogether() {
        // Given
        Hold dubbing = hold(new Rate("dubbing", Credits.of(3), 60_000), 10_000);
        Hold subtitles = hold(new Rate("subtitles", Credits.of(1), 10_000), 0);
        // When
        Long runway = Runway.seconds(List.of(dubbing, subtitles), Credits.of(9));
        // Then: six increments of the one, the second minute of the other
        assertThat(runway).isEqualTo(60);
    }

    @Test
    void nothingRunsFor() {
        assertThat(Runway.seconds(List.of(), Credits.of(9))).isNull();
    }

    @Test
    void isWhatTheStandingOfAnAccountShows() {
        // Given
        Book book = Book.with(3);
        Rate rate = new Rate("k", Credits.of(2), 60_000);
        book.tell(new Command.StartHold(Book.ID, "s", rate, new Key("s:start", "k")));
        // When
        AccountSummary summary = AccountSummary.of(book.account(), book.now);
        // Then
        assertThat(summary.runwaySeconds()).isEqualTo(60);
    }

    private static Hold hold(Rate rate, long used) {
        return new Hold("s", 1, List.of(), rate, used, used, rate.priceOf(used), ManualTime.START, 0L);
    }
}
