package io.drawdown.kit.logging;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SanitizingFormatterTest {

    private final SanitizingFormatter lines = new SanitizingFormatter(new SimpleFormatter());

    @Test
    void tokensAreReplacedEverywhere() {
        // Given
        String token = TestTokens.of("ada", Role.USER);
        LogRecord record =
                new LogRecord(Level.WARNING, "header quarkus-http-upgrade#Authorization#Bearer%20" + token + "!");
        record.setThrown(new IllegalStateException("Bearer " + token, new IllegalArgumentException(token)));
        // When
        String written = lines.format(record);
        // Then
        assertThat(written).contains("Bearer%20[token]!", "Bearer [token]").doesNotContain("eyJ", token.substring(30));
    }

    @Test
    void clientCannotForgeALine() {
        for (String lineBreak : new String[] {"\r\n", "\n", "\r", "\u0085", "\u2028", "\u000b"}) {
            // Given
            LogRecord record = new LogRecord(Level.INFO, "asked" + lineBreak + "12:00:00.000 ERROR forged");
            record.setThrown(new IllegalStateException("why" + lineBreak + "12:00:00.000 ERROR forged"));
            // When
            String written = lines.format(record);
            // Then
            assertThat(written.lines().filter(line -> line.startsWith("12:00:00")))
                    .isEmpty();
            assertThat(written).endsWith(System.lineSeparator());
        }
    }

    @Test
    void lineOfJsonStaysOneLineOfJson() throws IOException {
        // Given
        String token = TestTokens.of("ada", Role.USER);
        String message = "asked\r\n\u2028{\"forged\":\"\u0000\"} ";
        LogRecord record = new LogRecord(Level.INFO, message + token);
        record.setThrown(new IllegalStateException(token));
        // When
        String written = new SanitizingFormatter(new JsonFormatter()).format(record);
        // Then
        assertThat(written.strip().split("[\r\n]")).hasSize(1);
        assertThat(written).doesNotContain("eyJ");
        assertThat(new ObjectMapper().readTree(written).path("message").asText())
                .isEqualTo(message + "[token]");
    }

    @Test
    void controlCharactersAreEscaped() {
        assertThat(lines.format(new LogRecord(Level.INFO, "a\u0000b\u0008"))).contains("a\\u0000b\\u0008");
    }
}
