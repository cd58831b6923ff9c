package io.drawdown.simulator.charging;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Plays random histories of the real engine over a model of Stripe; no money is taken twice, lost or forgotten. */
class RandomHistoriesTest {

    private static final long HISTORIES = 100_000;
    private static final long SHARE = 2_000;

    @Test
    void noHistoryTakesMoneyTwiceOrLosesIt() {
        // When
        List<String> found = LongStream.range(0, HISTORIES / SHARE)
                .parallel()
                .mapToObj(share -> Hunt.run(1 + share * SHARE, SHARE))
                .filter(each -> !each.equals(Hunt.NOTHING))
                .toList();
        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void aHistoryIsToldLineByLine() {
        // When, then
        assertThat(Hunt.story(7)).contains("stored", "executed").isEqualTo(Hunt.story(7));
    }
}
