package io.drawdown.kit.problem;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The findings of a validator, with the names of the wire. */
public final class Violations {

    private static final String MISSING_BODY = "a body is needed";

    private Violations() {}

    /** The first finding, by name; null if there is none. */
    public static @Nullable String first(Collection<? extends ConstraintViolation<?>> findings) {
        return findings.stream()
                .map(Violations::say)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static String say(ConstraintViolation<?> violation) {
        StringBuilder name = new StringBuilder();
        String parameter = "";
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.isInIterable() && node.getIndex() != null) {
                name.append('[').append(node.getIndex()).append(']');
            }
            if (node.getKind() == ElementKind.PARAMETER) {
                parameter = wire(String.valueOf(node.getName()));
            } else if (node.getKind() == ElementKind.PROPERTY) {
                name.append(name.isEmpty() ? "" : ".").append(wire(String.valueOf(node.getName())));
            }
        }
        if (name.isEmpty() && isBody(violation, parameter)) {
            return MISSING_BODY;
        }
        return (name.isEmpty() ? parameter : name) + " " + violation.getMessage();
    }

    /** Other parameters are texts and numbers, which are never absent where they are required. */
    private static boolean isBody(ConstraintViolation<?> violation, String parameter) {
        return violation.getInvalidValue() == null && !parameter.isEmpty();
    }

    private static String wire(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
