package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WarningsTest {

    private final Book book = Book.with(100);

    @ParameterizedTest(name = "100 less {0}: {1}")
    @CsvSource({"79, ''", "80, 20", "89, 20", "90, 20 10", "95, 20 10 5", "100, 20 10 5"})
    void aLevelIsCrossedAtOrBelowItsShareOfTheArmedBalance(long charged, String levels) {
        // When
        book.charge(charged);
        // Then
        assertThat(warned())
                .isEqualTo(
                        levels.isEmpty()
                                ? List.of()
                                : List.of(levels.split(" ")).stream()
                                        .map(Integer::valueOf)
                                        .toList());
    }

    @Test
    void aLevelWarnsOncePerCrossing() {
        // When
        for (int i = 0; i < 100; i++) {
            book.charge(1);
            book.drain();
        }
        // Then
        assertThat(warned()).containsExactly(20, 10, 5);
    }

    @Test
    void onlyAGrantArmsAgain() {
        // Given
        book.charge(85);
        // When
        book.start("s");
        book.release("s", 1, 0);
        book.charge(1);
        // Then
        assertThat(warned()).containsExactly(20);
        // When
        book.grant(Book.purchased(86));
        book.charge(80);
        // Then
        assertThat(warned()).containsExactly(20, 20);
    }

    @Test
    void usageWarnsWhenItIsSettledNotWhenItIsHeld() {
        // Given
        Book small = Book.with(20);
        small.start("s");
        assertThat(small.types()).doesNotContain(EntryType.THRESHOLD_CROSSED);
        // When
        small.settle("s", 1, 16_000);
        // Then
        assertThat(small.last().subject().thresholdPercent()).isEqualTo(20);
        assertThat(small.last().view().balance()).isEqualTo(Credits.of(4));
    }

    private List<Integer> warned() {
        return book.entries().stream()
                .map(entry -> entry.subject().thresholdPercent())
                .filter(Objects::nonNull)
                .toList();
    }
}
