package io.drawdown.credits;

import io.drawdown.credits.accounts.Tariff;
import io.drawdown.credits.accounts.Terms;
import io.drawdown.kit.connections.ConnectionConfig;
import io.drawdown.kit.events.EventsConfig;
import io.drawdown.kit.testing.DocumentedConfiguration;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigurationTest {

    private static SmallRyeConfig config(Map<String, String> properties) {
        try {
            return new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withSources(new PropertiesConfigSource(properties, "test", 500))
                    .withSources(new PropertiesConfigSource(Path.of("src/main/resources/application.properties")
                            .toUri()
                            .toURL()))
                    .withMapping(TariffConfig.class)
                    .withMapping(SliceConfig.class)
                    .withMapping(StoreConfig.class)
                    .withValidateUnknown(false)
                    .addDefaultInterceptors()
                    .build();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyKeyIsDocumented() {
        // Given
        SortedMap<String, String> read = DocumentedConfiguration.of(
                TariffConfig.class, SliceConfig.class, StoreConfig.class, EventsConfig.class, ConnectionConfig.class);
        read.put(
                "drawdown.jwt-public-key",
                "drawdown.jwt-public-key | DRAWDOWN_JWT_PUBLIC_KEY | .drawdown/keys/public.pem");
        read.put("drawdown.http.max-body-bytes", "drawdown.http.max-body-bytes | DRAWDOWN_HTTP_MAX_BODY_BYTES | 65536");
        // When, Then
        assertThat(DocumentedConfiguration.documented("credits-service")).isEqualTo(read);
    }

    @Test
    void withoutConfigurationTheCoreDecidesByItsOwnNumbers() {
        // Given
        SmallRyeConfig config = config(Map.of());
        // When, Then
        assertThat(ConfiguredSettings.tariff(config.getConfigMapping(TariffConfig.class)))
                .isEqualTo(Tariff.DEFAULT);
        assertThat(ConfiguredSettings.terms(config.getConfigMapping(SliceConfig.class)))
                .isEqualTo(Terms.DEFAULT);
        assertThat(config.getConfigMapping(StoreConfig.class).database()).isEqualTo("credits");
        assertThat(config.getConfigMapping(StoreConfig.class).mongo().linearizable())
                .isEqualTo(StoreConfig.Linearizable.AUTO);
    }

    @Test
    void pricesAndRatesCanBeChangedAndAdded() {
        // Given
        SmallRyeConfig config = config(Map.of(
                "drawdown.prices.ai_search", "2.5",
                "drawdown.prices.catchup_summary", "15",
                "drawdown.rates.live_dubbing.increment-millis", "60000"));
        // When
        Tariff tariff = ConfiguredSettings.tariff(config.getConfigMapping(TariffConfig.class));
        // Then
        assertThat(tariff.prices().get("ai_search")).hasToString("2.5");
        assertThat(tariff.prices()).containsKey("catchup_summary");
        assertThat(tariff.rate("live_dubbing").orElseThrow().incrementMillis()).isEqualTo(60_000);
    }

    @Test
    void aLeastSliceAboveTheGreatestIsRefused() {
        // Given
        SliceConfig slices = config(Map.of("drawdown.least-slice", "20s", "drawdown.greatest-slice", "10s"))
                .getConfigMapping(SliceConfig.class);
        // When, Then
        assertThatThrownBy(() -> ConfiguredSettings.terms(slices)).hasMessageContaining("drawdown.least-slice");
    }

    @Test
    void aRateOfWhichAllSessionsOfAnAccountBurnMoreThanAnAmountIsRefused() {
        // Given
        TariffConfig most =
                config(Map.of("drawdown.rates.live_dubbing.price", "8388608")).getConfigMapping(TariffConfig.class);
        TariffConfig more =
                config(Map.of("drawdown.rates.live_dubbing.price", "8388609")).getConfigMapping(TariffConfig.class);
        // When, Then
        assertThat(ConfiguredSettings.tariff(most).rate("live_dubbing")).isPresent();
        assertThatThrownBy(() -> ConfiguredSettings.tariff(more)).hasMessageContaining("drawdown.rates.live_dubbing");
    }

    @Test
    void aPriceThatIsNoAmountIsRefused() {
        // Given
        TariffConfig tariff =
                config(Map.of("drawdown.prices.ai_search", "0.0000001")).getConfigMapping(TariffConfig.class);
        // When, Then
        assertThatThrownBy(() -> ConfiguredSettings.tariff(tariff)).hasMessageContaining("decimals");
    }
}
