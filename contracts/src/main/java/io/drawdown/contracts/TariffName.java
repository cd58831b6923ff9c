package io.drawdown.contracts;

import java.util.regex.Pattern;

/**
 * The form of a name in the tariff: a kind of session or a meter. Such a name is also part of a property and, in capitals,
 * of an environment variable.
 */
public final class TariffName {

    public static final String FORM = "[a-z0-9_]{1,64}";

    /** {@link #FORM} in words. */
    public static final String RULE = "1 to 64 of a-z, 0-9 and _";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private TariffName() {}

    public static boolean isValid(String name) {
        return PATTERN.matcher(name).matches();
    }
}
