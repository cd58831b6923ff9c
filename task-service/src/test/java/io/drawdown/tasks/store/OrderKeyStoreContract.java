package io.drawdown.tasks.store;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What each store of order keys promises. */
public abstract class OrderKeyStoreContract {

    private static final int RACERS = 64;
    private static final int MANY = 1_000;
    private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");

    private final String key = UUID.randomUUID().toString();

    protected abstract OrderKeyStore store();

    @Test
    void numbersOfAKeyRise() {
        // When
        long first = now(store().next(key));
        long other = now(store().next(key + "-other"));
        long second = now(store().next(key));
        // Then
        assertThat(second).isGreaterThan(first);
        assertThat(other).isEqualTo(first);
    }

    @Test
    void noNumberIsGivenOutTwiceInARaceForANewKey() {
        // Given
        List<Uni<Long>> race =
                Stream.generate(() -> store().next(key)).limit(RACERS).toList();
        // When
        List<Long> numbers = now(Uni.join().all(race).andFailFast());
        // Then
        assertThat(numbers).hasSize(RACERS).doesNotHaveDuplicates();
    }

    @Test
    void countersThatRestAreFoundUntilTheyAreKeptOrRemoved() {
        // Given
        now(store().next(key));
        OrderKey resting = counter();
        assertThat(resting.seq()).isEqualTo(1);
        assertThat(now(store().unusedSince(resting.usedAt(), MANY))).doesNotContain(resting);
        // When
        now(store().keep(resting));
        assertThat(now(store().next(key))).isEqualTo(2);
        now(store().remove(resting));
        // Then
        assertThat(now(store().next(key))).as("it was used meanwhile").isEqualTo(3);
        now(store().remove(counter()));
        assertThat(now(store().next(key))).isEqualTo(1);
    }

    private OrderKey counter() {
        return now(store().unusedSince(FAR, MANY)).stream()
                .filter(each -> each.id().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(10));
    }
}
