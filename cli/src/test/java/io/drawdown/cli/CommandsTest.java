package io.drawdown.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class CommandsTest {

    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();
    private final CommandLine commands =
            Main.commandLine().setErr(new PrintWriter(errors)).setOut(new PrintWriter(output));

    @Test
    void helpNamesEveryCommand() {
        // Given
        String[] help = {"help"};

        // When
        int exitCode = commands.execute(help);

        // Then
        assertThat(exitCode).isZero();
        assertThat(output.toString())
                .contains("up", "demo", "session", "token", "check", "simulate", "status", "down", "reset", "test");
    }

    @ParameterizedTest
    @CsvSource({
        "token user, A user's token needs --account",
        "token king, Invalid value for positional parameter",
        "token gateway --ttl soon, Invalid value for option '--ttl': 'soon' is not a time such as",
        "token gateway --ttl -5s, is not a time such as",
        "token user --account a/b, An account is 1 to 64 of",
        "session, Missing required option: '--account",
        "simulate --scene, Missing required parameter for option '--scene'",
        "simulate --histories 0, --histories is from 1 to",
        "simulate --steps -3, --steps is from 1 to 100000",
        "simulate --minutes soon, Invalid value for option '--minutes'",
        "simulate --seed x, Invalid value for option '--seed'",
        "restart king, is none of [credits-service",
        "images king, is none of [credits-service",
        "up --instances two, Invalid value for option '--instances'",
        "fly, Unmatched argument"
    })
    void mistakeIsExplainedAndFails(String line, String explanation) {
        // Given
        String[] arguments = line.split(" ");

        // When
        int exitCode = commands.execute(arguments);

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(errors.toString()).contains(explanation);
    }
}
