package io.drawdown.billing;

import io.drawdown.kit.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseTest {

    @Test
    void theRulesOfTheHouseHold() {
        HouseRules.check("io.drawdown.billing");
    }
}
