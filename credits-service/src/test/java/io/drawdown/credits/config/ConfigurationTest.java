package io.drawdown.credits.config;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.TariffName;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.kit.testing.DocumentedConfiguration;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigurationTest {

    private static SmallRyeConfig config(Map<String, String> properties) {
        return config(properties, Map.of());
    }

    private static Tariff tariff(SmallRyeConfig config) {
        return ConfiguredSettings.tariff(config.getConfigMapping(TariffConfig.class), config);
    }

    private static SmallRyeConfig config(Map<String, String> properties, Map<String, String> environment) {
        try {
            return new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withSources(new PropertiesConfigSource(properties, "test", 200))
                    .withSources(new EnvConfigSource(environment, 300))
                    .withSources(new PropertiesConfigSource(Path.of("src/main/resources/application.properties")
                            .toUri()
                            .toURL()))
                    .withMapping(TariffConfig.class)
                    .withMapping(SliceConfig.class)
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
        SortedMap<String, String> read =
                DocumentedConfiguration.of(Service.CREDITS_SERVICE, TariffConfig.class, SliceConfig.class);
        // When, Then
        assertThat(DocumentedConfiguration.documented("credits-service")).isEqualTo(read);
    }

    @Test
    void withoutConfigurationTheCoreDecidesByItsOwnNumbers() {
        // Given
        SmallRyeConfig config = config(Map.of());
        // When, Then
        assertThat(ConfiguredSettings.limits(config.getConfigMapping(SliceConfig.class)))
                .isEqualTo(AccountLimits.DEFAULT);
    }

    @Test
    void theDocumentedMetersAndKindsAreTheConfiguredOnes() {
        // Given
        Tariff tariff = tariff(config(Map.of()));
        // When
        Map<String, Credits> prices = documentedPrices("drawdown.prices.<name>");
        Map<String, Credits> rates = documentedPrices("drawdown.rates.<name>.price");
        // Then
        assertThat(prices).isEqualTo(tariff.prices());
        assertThat(rates).isEqualTo(tariff.rates().values().stream().collect(toMap(Rate::kind, Rate::price)));
    }

    /** The names and amounts that a row of the page gives: {@code `name` amount}, separated by commas. */
    private static Map<String, Credits> documentedPrices(String key) {
        return Pattern.compile("`(" + TariffName.FORM + ")` ([0-9.]*[0-9])")
                .matcher(DocumentedConfiguration.text("credits-service", key))
                .results()
                .collect(toMap(found -> found.group(1), found -> Credits.of(new BigDecimal(found.group(2)))));
    }

    @Test
    void pricesAndRatesCanBeChangedAndAdded() {
        // Given
        SmallRyeConfig config = config(Map.of(
                "drawdown.prices.ai_search", "2.5",
                "drawdown.prices.catchup_summary", "15",
                "drawdown.rates.live_dubbing.increment-millis", "60000"));
        // When
        Tariff tariff = tariff(config);
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
        assertThatThrownBy(() -> ConfiguredSettings.limits(slices))
                .hasMessageStartingWith("drawdown.least-slice is \"20s\": ");
    }

    @Test
    void variableOverridesTheNameThatItMeansAndAddsNone() {
        // Given
        SmallRyeConfig config = config(
                Map.of("drawdown.prices.catch_up", "3"),
                Map.of(
                        "DRAWDOWN_PRICES_AI_RECOMMENDATIONS", "7",
                        "DRAWDOWN_PRICES_CATCH_UP", "4",
                        "DRAWDOWN_RATES_LIVE_DUBBING_PRICE", "2",
                        "DRAWDOWN_RATES_SMART_SUBS_INCREMENT_MILLIS", "500"));
        // When
        Tariff tariff = tariff(config);
        // Then
        Tariff unchanged = tariff(config(Map.of("drawdown.prices.catch_up", "3")));
        assertThat(tariff.prices().keySet()).isEqualTo(unchanged.prices().keySet());
        assertThat(tariff.rates().keySet()).isEqualTo(unchanged.rates().keySet());
        assertThat(tariff.prices())
                .containsEntry("ai_search", Credits.of(10))
                .containsEntry("ai_recommendations", Credits.of(7))
                .containsEntry("catch_up", Credits.of(4));
        assertThat(tariff.rate("live_dubbing").orElseThrow().price()).isEqualTo(Credits.of(2));
        assertThat(tariff.rate("smart_subs").orElseThrow().incrementMillis()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DRAWDOWN_PRICES_AI_RECOMENDATIONS",
                "DRAWDOWN_PRICES_CHESS",
                "DRAWDOWN_RATES_KARAOKE_PRICE",
                "DRAWDOWN_RATES_LIVE_DUBBING_PRIZE",
                "DRAWDOWN_RATES_LIVE_KARAOKE_PRICE",
                "DRAWDOWN_PLANS_STARTER_KINDS"
            })
    void variableThatMeansNoNameIsRefusedByName(String variable) {
        // Given
        SmallRyeConfig config = config(Map.of(), Map.of(variable, "7"));
        // When, Then
        assertThatThrownBy(() -> tariff(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(variable + " overrides nothing: ");
    }

    @ParameterizedTest
    @CsvSource({
        "drawdown.rates.live-dubbing.price, live-dubbing",
        "drawdown.rates.Live_dubbing.increment-millis, Live_dubbing",
        "drawdown.rates.\"live.dubbing\".price, live.dubbing",
        "drawdown.prices.ai-search, ai-search"
    })
    void aNameThatNoClientCanSendIsRefusedByItsKey(String key, String name) {
        // Given
        SmallRyeConfig config = config(Map.of("drawdown.rates.Live_dubbing.price", "1", key, "1000"));
        // When, Then
        assertThatThrownBy(() -> tariff(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("declares \"" + name + "\": a name is 1 to 64 of a-z, 0-9 and _");
    }

    @Test
    void propertyInTheEnvironmentDeclaresAName() {
        // Given
        SmallRyeConfig config = config(Map.of(), Map.of("drawdown.prices.chess", "3"));
        // When, Then
        assertThat(tariff(config).prices()).containsEntry("chess", Credits.of(3));
    }

    @Test
    void aPlanSaysWhichKindsItIncludes() {
        // Given
        Tariff tariff = tariff(config(Map.of(
                "drawdown.plans.starter.kinds", "smart_subs", "drawdown.plans.pro.kinds", "smart_subs,live_dubbing")));
        // When, Then
        assertThat(tariff.bounds("smart_subs").plans()).containsExactlyInAnyOrder("starter", "pro");
        assertThat(tariff.bounds("live_dubbing").plans()).containsExactly("pro");
        assertThat(tariff.bounds("live_nikud").plans()).isEmpty();
    }

    @Test
    void aPlanWithAKindThatHasNoRateIsRefused() {
        // Given
        SmallRyeConfig config = config(Map.of("drawdown.plans.starter.kinds", "smart_subs,karaoke"));
        // When, Then
        assertThatThrownBy(() -> tariff(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("drawdown.plans.starter.kinds is ")
                .hasMessageContaining("karaoke");
    }

    @Test
    void aRateOfWhichAllSessionsOfAnAccountBurnMoreThanAnAmountIsRefused() {
        // Given
        SmallRyeConfig most = config(Map.of("drawdown.rates.live_dubbing.price", "8388608"));
        SmallRyeConfig more = config(Map.of("drawdown.rates.live_dubbing.price", "8388609"));
        // When, Then
        assertThat(tariff(most).rate("live_dubbing")).isPresent();
        assertThatThrownBy(() -> tariff(more))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("drawdown.rates.live_dubbing.price is \"8388609\": ");
    }

    @ParameterizedTest
    @CsvSource({
        "drawdown.prices.ai_search, 0.0000015, at most six decimals",
        "drawdown.prices.ai_search, ten, a price is a number of credits",
        "drawdown.prices.ai_search, 0, a price is more than 0",
        "drawdown.prices.ai_search, 1e99, at most 2^33 credits",
        "drawdown.rates.live_dubbing.price, -1, a price is more than 0",
        "drawdown.rates.live_dubbing.price, 0.0000015, at most six decimals"
    })
    void aPriceThatIsNoneIsRefusedWithItsKeyItsValueAndTheReason(String key, String value, String reason) {
        assertThatThrownBy(() -> config(Map.of(key, value))).hasMessageContainingAll(key, value, reason);
    }
}
