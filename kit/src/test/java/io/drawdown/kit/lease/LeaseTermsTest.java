package io.drawdown.kit.lease;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LeaseTermsTest {

    private static final Duration LENGTH = Duration.ofSeconds(4);
    private static final Duration QUARTER = Duration.ofSeconds(1);
    private static final Duration LONGER = QUARTER.plusNanos(1);

    @Test
    void aQuarterOfTheLengthIsTheMost() {
        assertThatCode(() -> new LeaseTerms(LENGTH, QUARTER, QUARTER, QUARTER)).doesNotThrowAnyException();
    }

    @Test
    void whatLeavesNoRoomInALeaseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaseTerms(LENGTH, LONGER, QUARTER, QUARTER))
                .withMessageContaining("renewal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaseTerms(LENGTH, QUARTER, LONGER, QUARTER))
                .withMessageContaining("retry");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaseTerms(LENGTH, QUARTER, QUARTER, LONGER))
                .withMessageContaining("look");
    }

    @Test
    void timesArePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaseTerms(LENGTH, Duration.ZERO, QUARTER, QUARTER))
                .withMessageContaining("renewal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaseTerms(Duration.ZERO, QUARTER, QUARTER, QUARTER))
                .withMessageContaining("renewal");
    }
}
