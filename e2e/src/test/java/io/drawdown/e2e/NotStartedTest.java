package io.drawdown.e2e;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A fault that a user can fix is reported in one sentence, without a stack trace, and the exit code is not 0. */
class NotStartedTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            credits-service   | DRAWDOWN_PRICES_AI_SEARCH         | 0.0000015 | DRAWDOWN_PRICES_AI_SEARCH is "0.0000015": an amount has at most six decimals
            credits-service   | DRAWDOWN_PRICES_AI_RECOMENDATIONS | 7         | DRAWDOWN_PRICES_AI_RECOMENDATIONS overrides nothing: drawdown.prices.* has [ai_recommendations, ai_search
            session-service   | DRAWDOWN_GRACE_PERIOD             | 1h        | DRAWDOWN_GRACE_PERIOD is "1h": it must be shorter than or equal to 10 minutes
            session-service   | DRAWDOWN_JWT_PUBLIC_KEY           | /absent   | drawdown.jwt-public-key (DRAWDOWN_JWT_PUBLIC_KEY) is "/absent": there is no such file
            session-service   | DRAWDOWN_JWT_PUBLIC_KEY           | http://sso.example.com/certs | drawdown.jwt-public-key (DRAWDOWN_JWT_PUBLIC_KEY) is "http://sso.example.com/certs": keys are read over https
            checkpoint-worker | DRAWDOWN_HTTP_MAX_BODY_BYTES      | big       | DRAWDOWN_HTTP_MAX_BODY_BYTES is "big":
            """)
    void aMistakeInTheConfigurationIsReportedInOneSentence(String service, String variable, String value, String said) {
        // When
        EndedProcess ended = start(service, Map.of(variable, value));

        // Then
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.printed()).anyMatch(line -> line.contains("Not started: " + said));
        assertThat(ended.printed()).noneMatch(line -> line.startsWith("\tat "));
    }

    @Test
    void aLiveKeyOfStripeIsNotTakenToAnotherAddress() {
        // Given
        String key = "rk_live_0123456789abcdefghijklmnop";

        // When
        EndedProcess ended =
                start("billing-batch", Map.of("STRIPE_SECRET_KEY", key, "STRIPE_API_BASE", "http://127.0.0.1:8161"));

        // Then
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.printed())
                .anyMatch(line -> line.contains("Not started: STRIPE_SECRET_KEY and STRIPE_API_BASE do not fit:"
                        + " a live key of Stripe is sent to https://api.stripe.com only"));
        assertThat(ended.printed()).noneMatch(line -> line.contains(key));
    }

    /** The service alone, with these settings. */
    private EndedProcess start(String service, Map<String, String> wrong) {
        assertThat(drawdown("token", "gateway").exitCode()).isZero();
        ClassCaches.make();
        ChildSpec spec = new Stack(Suite.ROOT, Map.of("DRAWDOWN_HOME", home.toString())).child(service);
        Map<String, String> settings = new HashMap<>(spec.environment());
        settings.put("QUARKUS_HTTP_PORT", "0");
        settings.put("QUARKUS_MANAGEMENT_PORT", "0");
        settings.putAll(wrong);
        return EndedProcess.run(settings, spec.command().toArray(String[]::new));
    }

    @Test
    void aDamagedKeyIsReportedInOneSentence() throws IOException {
        // Given
        assertThat(drawdown("token", "gateway").exitCode()).isZero();
        Path key = Files.writeString(home.resolve("keys/private.pem"), "no key");

        // When
        EndedProcess ended = drawdown("token", "gateway");

        // Then
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.printed()).hasSize(1);
        assertThat(ended.printed().getFirst()).startsWith("The key file " + key + " is damaged: delete the folder");
    }

    @Test
    void aDamagedDatabaseIsReportedInOneSentence() throws IOException {
        // Given
        Path data = Files.createDirectories(home.resolve("data/mongo"));
        Files.writeString(data.resolve("mongo.mv"), "no database");

        // When
        EndedProcess ended = drawdown("up");

        // Then
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.printed().getLast())
                .startsWith(
                        "database ended before it was ready (exit code 1): The database could not start: its data in "
                                + data + " is damaged")
                .contains("'./drawdown reset'");
        assertThat(ended.printed()).noneMatch(line -> line.startsWith("\tat "));
    }

    @Test
    void anUnusableHomeFolderIsReportedInOneSentence() throws IOException {
        // Given
        Path file = Files.createFile(home.resolve("file"));

        // When
        EndedProcess ended = EndedProcess.run(Map.of("DRAWDOWN_HOME", file.toString()), "./drawdown", "up");

        // Then
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.printed())
                .containsExactly("The folder " + file + " (DRAWDOWN_HOME) cannot be used: a file is in its place");
    }

    private EndedProcess drawdown(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "./drawdown";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return EndedProcess.run(
                Map.of("DRAWDOWN_HOME", home.toString(), "DRAWDOWN_PORT_BASE", String.valueOf(FreePorts.freeBase())),
                command);
    }
}
