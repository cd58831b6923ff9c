package io.drawdown.cli.tokens;

import java.util.Locale;

/** What a token allows. The names are those that the services know. */
public enum Role {
    USER,
    GATEWAY,
    OPERATOR,
    SERVICE;

    public String groupName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
