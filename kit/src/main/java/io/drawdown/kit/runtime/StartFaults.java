package io.drawdown.kit.runtime;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explains why a service does not start: one sentence for each mistake, with the key, the value and the reason. */
final class StartFaults {

    private static final Pattern CODE = Pattern.compile("(?s)^(?:[\\w.]+Exception: )?SRCFG\\d{5}: (.*)$");
    private static final Pattern UNREADABLE = Pattern.compile(
            "(?s)^The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being converted (.*)$");
    private static final Pattern MISSING = Pattern.compile("(?s)^The config property (\\S+) is required but.*$");
    private static final Pattern EMPTY = Pattern.compile("(?s)^The config property (\\S+) is defined as the empty.*$");
    private static final Pattern OUT_OF_BOUNDS = Pattern.compile("(?s)^([a-z]\\w*\\.\\S+) (.*)$");
    private static final Pattern NO_SUCH_CONSTANT = Pattern.compile("(?s)^Cannot convert .* allowed values: (.*)$");
    private static final Pattern OTHER_TYPE = Pattern.compile("(?s)^(Expected an? .*), got .*$");
    private static final Pattern NO_TYPE = Pattern.compile("(?s)^Failed to (create|convert).*$");
    private static final int DEEPEST_CAUSE = 32;

    private StartFaults() {}

    static Throwable rootOf(Throwable fault) {
        Throwable root = fault;
        for (int depth = 0; root.getCause() != null && depth < DEEPEST_CAUSE; depth++) {
            root = root.getCause();
        }
        return root;
    }

    /** Empty if a person cannot fix the fault by configuration. */
    static List<String> explain(Throwable fault, GivenSetting given) {
        return switch (rootOf(fault)) {
            case ConfigValidationException mistakes -> explain(mistakes, given);
            case ConfigurationException mistake -> List.of(mistake.getMessage());
            case QuarkusBindException taken ->
                List.of("port " + taken.getPort() + " of " + taken.getHost()
                        + " cannot be used: another process listens there; choose another by QUARKUS_HTTP_PORT"
                        + " (of the API) or QUARKUS_MANAGEMENT_PORT");
            default -> List.of();
        };
    }

    private static List<String> explain(ConfigValidationException mistakes, GivenSetting given) {
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < mistakes.getProblemCount(); i++) {
            sentences.add(explain(withoutCode(mistakes.getProblem(i).getMessage()), given));
        }
        return sentences;
    }

    private static String explain(String message, GivenSetting given) {
        Matcher unreadable = UNREADABLE.matcher(message);
        if (unreadable.matches()) {
            return sentence(unreadable.group(1), unreadable.group(2), reason(unreadable.group(3)), given);
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.matches()) {
            return given.nameOf(missing.group(1)) + " is not set, and has no default";
        }
        Matcher empty = EMPTY.matcher(message);
        if (empty.matches()) {
            return sentence(empty.group(1), "", "it must not be empty", given);
        }
        Matcher bounds = OUT_OF_BOUNDS.matcher(message);
        if (bounds.matches()) {
            String value = given.valueOf(bounds.group(1));
            return value == null
                    ? given.nameOf(bounds.group(1)) + " " + bounds.group(2)
                    : sentence(bounds.group(1), value, "it " + bounds.group(2), given);
        }
        return message;
    }

    private static String sentence(String key, String value, String reason, GivenSetting given) {
        return given.nameOf(key) + " is \"" + value + "\": " + reason;
    }

    private static String reason(String told) {
        String message = withoutCode(told);
        Matcher constants = NO_SUCH_CONSTANT.matcher(message);
        if (constants.matches()) {
            return "it must be one of " + constants.group(1).replace(",", ", ");
        }
        Matcher type = OTHER_TYPE.matcher(message);
        if (type.matches()) {
            return type.group(1).replaceFirst("Expected", "it must be");
        }
        return NO_TYPE.matcher(message).matches() ? "it cannot be read as what this key takes" : message;
    }

    private static String withoutCode(String message) {
        Matcher coded = CODE.matcher(message);
        return coded.matches() ? coded.group(1) : message;
    }
}
