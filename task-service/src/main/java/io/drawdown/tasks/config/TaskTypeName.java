package io.drawdown.tasks.config;

/** The names of types of tasks. They are parts of keys of the configuration, and of variables of the environment. */
public final class TaskTypeName {

    /** Every name, as a regular expression. */
    public static final String FORM = "[a-z][a-z0-9_]{0,63}";

    public static final String RULE = "a letter a-z, then up to 63 of a-z, 0-9 and _";

    private TaskTypeName() {}

    public static boolean isValid(String name) {
        return name.matches(FORM);
    }
}
