package io.drawdown.contracts;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShortfallTest {

    private static AccountView account(long balance, long held) {
        Credits available = Credits.of(balance - held);
        return new AccountView(7, Credits.of(balance), Credits.of(held), available, Credits.of(1), Credits.of(90));
    }

    @Test
    void heldCreditsAreToldApartFromSpentOnes() {
        assertThat(Shortfall.of(Credits.of(10), account(65, 60)).detail())
                .isEqualTo("10 credits are needed and 5 are available; "
                        + "live sessions hold 60 more, which come back as far as they are not used");
    }

    @Test
    void withoutHeldCreditsOnlyMoreCreditsHelp() {
        assertThat(Shortfall.of(Credits.of(10), account(5, 0)).detail())
                .isEqualTo("10 credits are needed and 5 are available; live sessions hold none");
    }
}
