package io.drawdown.kit.runtime;

import io.drawdown.kit.testing.MappingConstraints;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class StartFaultsTest {

    @ConfigMapping(prefix = "drawdown")
    interface Example {
        @WithDefault("60s")
        @DurationMax(hours = 1)
        Duration firstSlice();

        @WithDefault("64")
        @Min(1)
        int partitions();

        @WithDefault("auto")
        Linearizable linearizable();

        @WithDefault("http://localhost:8101")
        URI url();

        @WithDefault("1")
        BigDecimal price();

        @WithDefault("true")
        @WithConverter(StrictBooleanConverter.class)
        boolean enabled();
    }

    enum Linearizable {
        AUTO,
        TRUE
    }

    @ConfigMapping(prefix = "drawdown")
    interface Required {
        String name();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            drawdown.first-slice   | soon    | drawdown.first-slice is "soon": Invalid duration: soon
            drawdown.first-slice   | 2h      | drawdown.first-slice is "2h": it must be shorter than or equal to 1 hour
            DRAWDOWN_FIRST_SLICE   | 2h      | DRAWDOWN_FIRST_SLICE is "2h": it must be shorter than or equal to 1 hour
            DRAWDOWN_PARTITIONS    | x       | DRAWDOWN_PARTITIONS is "x": it must be an integer value
            DRAWDOWN_PARTITIONS    | 0       | DRAWDOWN_PARTITIONS is "0": it must be greater than or equal to 1
            drawdown.linearizable  | perhaps | drawdown.linearizable is "perhaps": it must be one of auto, true
            drawdown.url           | a b     | drawdown.url is "a b": Illegal character in path at index 1: a b
            drawdown.price         | x       | drawdown.price is "x": it cannot be read as what this key takes
            drawdown.enabled       | ture    | drawdown.enabled is "ture": it must be true or false
            """)
    void mistakeIsOneSentenceWithKeyValueAndReason(String name, String value, String sentence) {
        // Given
        Map<String, String> set = Map.of(name, value);
        // When
        Throwable fault = catchThrowable(() -> builder(set)
                .withMapping(Example.class)
                .withValidator(new MappingConstraints())
                .build());
        // Then
        assertThat(StartFaults.explain(fault, new GivenSetting(builder(set).build(), set)))
                .containsExactly(sentence);
    }

    @Test
    void missingKeyIsNamed() {
        // When
        Throwable fault = catchThrowable(
                () -> builder(Map.of()).withMapping(Required.class).build());
        // Then
        assertThat(StartFaults.explain(
                        new IllegalStateException(fault),
                        new GivenSetting(builder(Map.of()).build(), Map.of())))
                .containsExactly("drawdown.name is not set, and has no default");
    }

    @Test
    void platformKeyThatRepeatsOneOfOursIsNamedByOurs() {
        // Given
        Map<String, String> set = Map.of("DRAWDOWN_BYTES", "z", "platform.size", "${drawdown.bytes:1}");
        // When
        GivenSetting given = new GivenSetting(builder(set).build(), set);
        // Then
        assertThat(given.nameOf("platform.size")).isEqualTo("DRAWDOWN_BYTES");
        assertThat(given.valueOf("platform.size")).isEqualTo("z");
    }

    @Test
    void mistakesAreExplainedAndBugsAreNot() {
        // Given
        GivenSetting given = new GivenSetting(builder(Map.of()).build(), Map.of());
        // When, Then
        assertThat(StartFaults.explain(new ConfigurationException("a is above b"), given))
                .containsExactly("a is above b");
        assertThat(StartFaults.explain(new QuarkusBindException("127.0.0.1", 8101, new BindException()), given))
                .containsExactly(
                        "port 8101 of 127.0.0.1 cannot be used: another process listens there; choose another by"
                                + " QUARKUS_HTTP_PORT (of the API) or QUARKUS_MANAGEMENT_PORT");
        assertThat(StartFaults.explain(new IllegalStateException("ours"), given))
                .isEmpty();
    }

    private static SmallRyeConfigBuilder builder(Map<String, String> set) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withValidateUnknown(false)
                .withSources(new PropertiesConfigSource(set, "properties", 200), new EnvConfigSource(set, 300));
    }
}
