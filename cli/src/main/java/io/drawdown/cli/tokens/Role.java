package io.drawdown.cli.tokens;

import java.util.Locale;

/** What a token allows. The services know the roles by these names. */
public enum Role {
    USER,
    GATEWAY,
    OPERATOR,
    SERVICE;

    public String groupName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
