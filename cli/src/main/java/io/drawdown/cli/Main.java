package io.drawdown.cli;

import io.drawdown.cli.client.Api.RefusedException;
import io.drawdown.cli.process.UserFacingException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

/** The entry of {@code ./drawdown}: one class per command. */
@Command(
        name = "drawdown",
        usageHelpWidth = 100,
        description = "Real-time prepaid credits: the local stack and what to try on it.",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            SessionCommand.class,
            TokenCommand.class,
            CheckCommand.class,
            SimulateCommand.class,
            BenchCommand.class,
            ImagesCommand.class,
            StatusCommand.class,
            RestartCommand.class,
            DownCommand.class,
            ResetCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "  test     Run every test and every gate of the build (--containers: on servers in containers).",
            "",
            "Environment: DRAWDOWN_PORT_BASE (8100), DRAWDOWN_HOME (.drawdown); MONGODB_URI and",
            "KAFKA_BOOTSTRAP_SERVERS replace the embedded servers; STRIPE_SECRET_KEY, SLACK_BOT_TOKEN and",
            "SMTP_HOST each replace a stand-in; DRAWDOWN_JAVA_OPTIONS replaces the options of the processes;",
            "DRAWDOWN_SKIP_BUILD=1 uses what is built."
        })
final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args.length == 0 ? new String[] {"help"} : args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .registerConverter(Duration.class, Main::parseDuration)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain);
    }

    /** Reads {@code 1h}, {@code 90m}, {@code 1h30m}, or an ISO 8601 duration; it must be positive. */
    private static Duration parseDuration(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            Duration duration = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // reported below, like a value that is not positive
        }
        throw new TypeConversionException("'" + text + "' is not a time such as 90s, 30m or 1h30m");
    }

    /** Prints one line for a fault that a user can fix, and a stack trace for any other. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof UserFacingException
                || failure instanceof RefusedException
                || failure instanceof UncheckedIOException) {
            command.getErr().println(failure.getMessage());
        } else {
            failure.printStackTrace(command.getErr());
        }
        return 1;
    }
}
