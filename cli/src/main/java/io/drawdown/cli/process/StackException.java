package io.drawdown.cli.process;

/** Keeps the stack from running; the message is one line for the user at the terminal. */
public final class StackException extends RuntimeException {

    public StackException(String line) {
        super(line);
    }

    public StackException(String line, Throwable cause) {
        super(line, cause);
    }
}
