package io.drawdown.credits.http;

/** The form of an account's id, which its opener chooses. */
public final class AccountId {

    public static final String FORM = "[A-Za-z0-9_.-]{1,64}";

    private AccountId() {}
}
