package io.drawdown.tasks;

import io.drawdown.kit.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseTest {

    @Test
    void theRulesOfTheHouseHold() {
        HouseRules.check("io.drawdown.tasks");
    }
}
