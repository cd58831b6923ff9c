package io.drawdown.embedded.stripe.api;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A text in which an asterisk stands for any characters. */
public final class Glob {

    private final Pattern pattern;

    /** @param text or null, which fits everything */
    public Glob(@Nullable String text) {
        pattern = Pattern.compile(Arrays.stream((text == null ? "*" : text).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    }

    public boolean fits(@Nullable String text) {
        return pattern.matcher(text == null ? "" : text).matches();
    }
}
