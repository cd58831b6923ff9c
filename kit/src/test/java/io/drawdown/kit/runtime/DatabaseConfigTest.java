package io.drawdown.kit.runtime;

import io.drawdown.kit.runtime.DatabaseConfig.Linearizable;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseConfigTest {

    private static final String KEY = "drawdown.mongo.linearizable";

    private static Linearizable linearizable(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .withMapping(DatabaseConfig.class)
                .build()
                .getConfigMapping(DatabaseConfig.class)
                .mongo()
                .linearizable();
    }

    @Test
    void linearizableIsAutoByDefault() {
        assertThat(linearizable(Map.of())).isEqualTo(Linearizable.AUTO);
        assertThat(linearizable(Map.of(KEY, "true"))).isEqualTo(Linearizable.TRUE);
    }

    @Test
    void mistakeIsRefusedByItsKey() {
        assertThatThrownBy(() -> linearizable(Map.of(KEY, "perhaps"))).hasMessageContaining(KEY);
    }
}
