package io.drawdown.contracts;

import java.util.regex.Pattern;

/** The form of an account's id, which its opener chooses. A token's subject has the same form. */
public final class AccountId {

    public static final String FORM = "[A-Za-z0-9_.-]{1,64}";

    /** {@link #FORM} in words. */
    public static final String RULE = "1 to 64 of A-Z, a-z, 0-9, _, . and -";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private AccountId() {}

    public static boolean isValid(String id) {
        return PATTERN.matcher(id).matches();
    }
}
