package io.drawdown.sessions.funding;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When the owner of a session asks because a warning level is near: an increment is paid for when it begins. */
class AccountSnapshotTest {

    @ParameterizedTest(name = "{0} of {1}, {2} each begun {3} ms, others {4} a second, used {5}, charged {6}: {7} ms")
    @CsvSource({
        "30, 100, 1,   1000,  0,   0,      0,     9001",
        "30, 100, 1,   60000, 0,   0,      0,     540001",
        "30, 100, 4,   60000, 0,   0,      0,     120001",
        "30, 100, 4,   60000, 0,   45000,  45000, 135001",
        "30, 100, 4,   60000, 0,   130000, 0,     0",
        "30, 100, 10,  60000, 0,   0,      0,     1",
        "15, 100, 1,   500,   0,   0,      0,     2001",
        "20, 100, 1,   1000,  0,   0,      0,     9001",
        "5,  100, 1,   1000,  0,   0,      0,     86400000",
        "30, 100, 1,   60000, 1,   0,      0,     9000",
        "0.000003, 0.000007, 0.000001, 3600000, 0, 0, 0, 3600001"
    })
    void theNextLevelIsReachedWhenItsIncrementBegins(ArgumentsAccessor row) {
        // Given
        Rate rate = new Rate("k", credits(row, 2), number(row, 3));
        Credits burn = rate.perSecond().plus(credits(row, 4));
        Credits money = credits(row, 0);
        AccountSnapshot snapshot = new AccountSnapshot(
                new AccountView(7, money, Credits.ZERO, money, burn, credits(row, 1)), number(row, 6));
        // When
        Duration next = snapshot.untilNextLevel(rate, number(row, 5));
        // Then
        assertThat(next).isEqualTo(Duration.ofMillis(number(row, 7)));
    }

    private static Credits credits(ArgumentsAccessor row, int column) {
        return Credits.of(new BigDecimal(String.valueOf(row.get(column))));
    }

    private static long number(ArgumentsAccessor row, int column) {
        return Long.parseLong(String.valueOf(row.get(column)));
    }
}
