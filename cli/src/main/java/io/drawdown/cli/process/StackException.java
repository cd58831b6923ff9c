package io.drawdown.cli.process;

/** What keeps the stack from running, said in one line to the person at the terminal. */
public final class StackException extends RuntimeException {

    public StackException(String line) {
        super(line);
    }

    public StackException(String line, Throwable cause) {
        super(line, cause);
    }
}
