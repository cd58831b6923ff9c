package io.drawdown.cli.process;

/** What was asked for cannot be done; the message is one line for the user at the terminal. */
public final class UserFacingException extends RuntimeException {

    public UserFacingException(String line) {
        super(line);
    }

    public UserFacingException(String line, Throwable cause) {
        super(line, cause);
    }
}
