package io.drawdown.kit.security;

/** The groups of a token. */
public final class Role {

    /** An end user; the subject is the account. */
    public static final String USER = "user";

    /** A backend that acts for its users' accounts. */
    public static final String GATEWAY = "gateway";

    /** A person who runs Drawdown. */
    public static final String OPERATOR = "operator";

    /** Another service of Drawdown. */
    public static final String SERVICE = "service";

    private Role() {}
}
