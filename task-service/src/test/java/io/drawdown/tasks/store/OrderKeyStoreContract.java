package io.drawdown.tasks.store;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What each store of order keys promises. */
abstract class OrderKeyStoreContract {

    private static final int RACERS = 64;

    private final String key = UUID.randomUUID().toString();

    abstract OrderKeyStore store();

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

    private static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(10));
    }
}
