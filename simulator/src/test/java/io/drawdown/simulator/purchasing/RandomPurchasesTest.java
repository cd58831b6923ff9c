package io.drawdown.simulator.purchasing;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Plays random histories of the real engines; money that is taken is granted or given back, and a top-up buys one at a time. */
class RandomPurchasesTest {

    private static final long HISTORIES = 20_000;
    private static final long SHARE = 500;

    @Test
    void moneyThatIsTakenIsGrantedOrGivenBackAndATopUpBuysOneAtATime() {
        // When
        List<String> found = LongStream.range(0, HISTORIES / SHARE)
                .parallel()
                .mapToObj(share -> Hunt.run(1 + share * SHARE, SHARE))
                .filter(each -> !each.equals(Hunt.NOTHING))
                .toList();
        // Then
        assertThat(found).isEmpty();
    }
}
