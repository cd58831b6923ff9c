package io.drawdown.tasks.config;

import io.drawdown.contracts.Service;
import io.drawdown.kit.testing.DocumentedConfiguration;
import io.drawdown.kit.testing.MappingConstraints;
import io.drawdown.tasks.handler.TaskContext;
import io.drawdown.tasks.handler.TaskHandler;
import io.drawdown.tasks.task.Policy;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TaskConfigTest {

    private static final String BODY = "drawdown.http.max-body-bytes";

    /** A handler of the type {@code mail}. */
    private static final TaskHandler<String, String> MAIL = new TaskHandler<>() {
        @Override
        public String type() {
            return "mail";
        }

        @Override
        public String handle(String payload, TaskContext context) {
            return payload;
        }

        @Override
        public Policy policy() {
            Policy standard = Policy.DEFAULT;
            return new Policy(
                    7,
                    standard.timeout(),
                    standard.firstBackoff(),
                    standard.longestBackoff(),
                    standard.resultTtl(),
                    standard.keep());
        }
    };

    @Test
    void everyKeyIsDocumented() {
        // Given
        SortedMap<String, String> read =
                DocumentedConfiguration.of(Service.TASK_SERVICE, TaskConfig.class, LiveConfig.class);
        read.computeIfPresent(BODY, (key, row) -> row.replace("65536", "98304"));
        // When, Then
        assertThat(DocumentedConfiguration.documented("task-service")).isEqualTo(read);
    }

    @Test
    void everyBoundOfTheCoreIsThatOfItsKey() {
        // When
        TasksSettings settings = TasksSettings.of(config(Map.of(
                "drawdown.instance", "one",
                "drawdown.task.slots", "7",
                "drawdown.task.slot-bytes", "70000",
                "drawdown.task.inserts", "9",
                "drawdown.task.insert-bytes", "90000",
                "drawdown.task.stop-patience", "2s")));
        // Then
        assertThat(settings).isEqualTo(new TasksSettings("one", 7, 70_000, 9, 90_000, Duration.ofSeconds(2)));
        assertThat(TasksSettings.of(config(Map.of()))).isEqualTo(TasksSettings.DEFAULT);
    }

    @Test
    void typeIsAsItsHandlerSaysUnlessItIsConfigured() {
        // When
        TaskType plain = mail(Map.of());
        TaskType configured = mail(Map.of(
                "drawdown.task.types.mail.retries", "1",
                "drawdown.task.types.mail.timeout", "5s",
                "drawdown.task.types.mail.concurrency", "2"));
        // Then
        assertThat(plain).isEqualTo(new TaskType("mail", MAIL.policy(), 64, true));
        assertThat(configured.policy().retries()).isEqualTo(1);
        assertThat(configured.policy().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configured.policy().keep()).isEqualTo(Policy.DEFAULT.keep());
        assertThat(configured.concurrency()).isEqualTo(2);
    }

    @Test
    void typeOfWorkersElsewhereIsConfiguredByItsName() {
        // When
        TaskTypes types =
                types(Map.of("drawdown.task.external-types", "render,scan", "drawdown.task.types.scan.keep", "1h"));
        // Then
        assertThat(types.find("render").orElseThrow().isHandledHere()).isFalse();
        assertThat(types.policyOf("scan").keep()).isEqualTo(Duration.ofHours(1));
        assertThat(types.handledHere()).extracting(TaskType::name).containsExactly("mail");
    }

    @ParameterizedTest
    @CsvSource({
        "drawdown.task.types.mial.retries, 1, mial",
        "drawdown.task.external-types, mail, mail",
        "drawdown.task.types.mail.first-backoff, 5m, longest-backoff",
        "drawdown.task.leases.visibility, 20m, longest-visibility"
    })
    void whatConfiguresNothingOrContradictsItselfIsRefused(String key, String value, String named) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> types(Map.of(key, value)))
                .withMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({
        "drawdown.instance, a b",
        "drawdown.task.slots, 0",
        "drawdown.task.slot-bytes, few",
        "drawdown.task.insert-bytes, 1",
        "drawdown.task.stop-patience, 1h",
        "drawdown.task.retention-every, 0s",
        "drawdown.task.external-types, Render",
        "drawdown.task.types.mail.retries, -1",
        "drawdown.task.types.mail.timeout, 2d",
        "drawdown.task.types.mail.keep, for ever",
        "drawdown.task.types.mail.concurrency, 0"
    })
    void mistakeIsRefusedByItsKey(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .hasMessageContaining(key.substring(0, key.lastIndexOf('.')));
    }

    @Test
    void variableOfTheEnvironmentConfiguresTheTypeThatItNames() {
        // Given
        EnvConfigSource environment = new EnvConfigSource(Map.of("DRAWDOWN_TASK_TYPES_MAIL_FIRST_BACKOFF", "1s"), 300);
        // When
        SmallRyeConfig all = all(environment);
        TaskConfig config = all.getConfigMapping(TaskConfig.class);
        // Then
        assertThat(ConfiguredTypes.of(config.task(), List.of(MAIL))
                        .policyOf("mail")
                        .firstBackoff())
                .isEqualTo(Duration.ofSeconds(1));
        assertThatNoException()
                .isThrownBy(
                        () -> TypeVariables.require(all, config.task().types().keySet()));
    }

    @Test
    void variableThatNamesNoTypeIsRefused() {
        for (String end : new String[] {"SEND_MAIL_RETRIES", "MAIL_RETIRES"}) {
            // Given
            String variable = "DRAWDOWN_TASK_TYPES_" + end;
            SmallRyeConfig all = all(new EnvConfigSource(Map.of(variable, "5"), 300));
            Set<String> types =
                    all.getConfigMapping(TaskConfig.class).task().types().keySet();
            // When Then
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> TypeVariables.require(all, types))
                    .withMessageContaining(variable);
        }
    }

    private static TaskType mail(Map<String, String> properties) {
        return types(properties).find("mail").orElseThrow();
    }

    private static TaskTypes types(Map<String, String> properties) {
        return ConfiguredTypes.of(config(properties).task(), List.of(MAIL));
    }

    private static TaskConfig config(Map<String, String> properties) {
        return all(new PropertiesConfigSource(properties, "test", 500)).getConfigMapping(TaskConfig.class);
    }

    private static SmallRyeConfig all(ConfigSource source) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(source)
                .withMapping(TaskConfig.class)
                .withValidator(new MappingConstraints())
                .withValidateUnknown(false)
                .build();
    }
}
