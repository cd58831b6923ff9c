package io.drawdown.cli.stack;

import io.drawdown.cli.files.FileFault;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The stand-ins for what billing-batch uses outside: Stripe, Slack and a mail server. Each of them runs unless the environment
 * names the real one; then it is passed on as it is.
 */
public final class StandIns {

    private static final Set<String> STRIPE =
            Set.of("STRIPE_SECRET_KEY", "STRIPE_API_BASE", "DRAWDOWN_STRIPE_SECRET_KEY", "DRAWDOWN_STRIPE_API_BASE");

    private static final Set<String> SLACK = Set.of(
            "SLACK_BOT_TOKEN", "SLACK_API_BASE", "DRAWDOWN_QUEUE_SLACK_BOT_TOKEN", "DRAWDOWN_QUEUE_SLACK_API_BASE");

    private static final Set<String> MAIL = Set.of("SMTP_HOST", "DRAWDOWN_MAIL_HOST");

    /** Real ones never have such keys, so neither takes the other's. */
    private static final String STRIPE_KEY = "rk_test_ofTheLocalStackOfDrawdown0000";

    private static final String SLACK_TOKEN = "xoxb-of-the-local-stack";

    private final Map<String, String> environment;
    private final StackPorts ports;
    private final Path home;

    /** @param home where the stack keeps its data and its secrets */
    StandIns(Map<String, String> environment, StackPorts ports, Path home) {
        this.environment = environment;
        this.ports = ports;
        this.home = home;
    }

    /** Takes out of an environment what names the real services, so that a stack made with it uses stand-ins only. */
    public static void forget(Map<String, String> environment) {
        List.of(STRIPE, SLACK, MAIL).forEach(environment.keySet()::removeAll);
    }

    /** The address of the one for Stripe, ending in a slash; empty if the real one is used. */
    public Optional<URI> stripe() {
        return hasStripe() ? Optional.of(URI.create(http(ports.stripe()) + "/")) : Optional.empty();
    }

    /** The address of the one for Slack, ending in a slash; empty if the real one is used. */
    public Optional<URI> slack() {
        return hasSlack() ? Optional.of(URI.create(http(ports.slack()) + "/")) : Optional.empty();
    }

    /** Where mail is kept; empty if a real mail server gets it. */
    public Optional<Path> mailFolder() {
        return hasMail() ? Optional.of(home.resolve("data/mail")) : Optional.empty();
    }

    private boolean hasStripe() {
        return stands(STRIPE);
    }

    private boolean hasSlack() {
        return stands(SLACK);
    }

    private boolean hasMail() {
        return stands(MAIL);
    }

    private boolean stands(Set<String> real) {
        return real.stream().noneMatch(environment::containsKey);
    }

    /** The port of each that runs, by what it is called in messages; the first one shows whether the process serves. */
    Map<String, Integer> portsByName() {
        Map<String, Integer> all = new LinkedHashMap<>();
        if (hasStripe()) {
            all.put("the stand-in for Stripe", ports.stripe());
        }
        if (hasSlack()) {
            all.put("the stand-in for Slack", ports.slack());
        }
        if (hasMail()) {
            all.put("the mail server", ports.mail());
        }
        return all;
    }

    /** What the process is told, after the folder of its data. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (hasStripe()) {
            arguments.addAll(List.of(
                    "stripe", text(ports.stripe()), webhook(), secretFile().toString()));
        }
        if (hasSlack()) {
            arguments.addAll(List.of("slack", text(ports.slack())));
        }
        if (hasMail()) {
            arguments.addAll(List.of("mail", text(ports.mail())));
        }
        return arguments;
    }

    /** What billing-batch is told, so that it uses them. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        if (hasStripe()) {
            settings.put("STRIPE_SECRET_KEY", STRIPE_KEY);
            settings.put("STRIPE_API_BASE", http(ports.stripe()));
            webhookSecret().ifPresent(secret -> settings.put("STRIPE_WEBHOOK_SECRET", secret));
        }
        if (hasSlack()) {
            settings.put("SLACK_BOT_TOKEN", SLACK_TOKEN);
            settings.put("SLACK_API_BASE", http(ports.slack()));
            settings.put("DRAWDOWN_QUEUE_SLACK_PRIVATE_ADDRESSES", "true");
        }
        if (hasMail()) {
            settings.put("SMTP_HOST", "127.0.0.1");
            settings.put("SMTP_PORT", text(ports.mail()));
            settings.put("SMTP_START_TLS", "DISABLED");
        }
        return settings;
    }

    private String webhook() {
        return http(ports.of(Service.BILLING_BATCH)) + "/api/v1/stripe/webhooks";
    }

    private Path secretFile() {
        return home.resolve("keys").resolve(KeyPairFolder.STRIPE_WEBHOOK_SECRET);
    }

    /** Empty before the secrets are made. */
    private Optional<String> webhookSecret() {
        try {
            return Files.exists(secretFile())
                    ? Optional.of(Files.readString(secretFile()).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UserFacingException(secretFile() + " cannot be read: " + FileFault.reasonOf(e), e);
        }
    }

    private static String http(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
