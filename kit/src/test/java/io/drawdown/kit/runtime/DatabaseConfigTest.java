package io.drawdown.kit.runtime;

import io.drawdown.kit.runtime.DatabaseConfig.Linearizable;
import io.drawdown.kit.testing.MappingConstraints;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseConfigTest {

    private static final Map<String, String> OF_THE_SERVICE = Map.of("drawdown.database", "credits");

    private static DatabaseConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(OF_THE_SERVICE, "service", 100))
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .withMapping(DatabaseConfig.class)
                .withValidator(new MappingConstraints())
                .build()
                .getConfigMapping(DatabaseConfig.class);
    }

    @Test
    void linearizableIsAutoByDefault() {
        assertThat(config(Map.of()).mongo().linearizable()).isEqualTo(Linearizable.AUTO);
        assertThat(config(Map.of("drawdown.mongo.linearizable", "true")).mongo().linearizable())
                .isEqualTo(Linearizable.TRUE);
    }

    @Test
    void databaseIsThatOfTheServiceUnlessSet() {
        assertThat(config(Map.of()).database()).isEqualTo("credits");
        assertThat(config(Map.of("drawdown.database", "c1")).database()).isEqualTo("c1");
    }

    @ParameterizedTest
    @CsvSource({"drawdown.mongo.linearizable, perhaps", "drawdown.database, a/b"})
    void mistakeIsRefusedByItsKey(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value))).hasMessageContaining(key);
    }
}
