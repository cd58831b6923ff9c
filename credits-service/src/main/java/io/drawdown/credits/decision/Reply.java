package io.drawdown.credits.decision;

/**
 * What an account answers to a command; true at some moment between the request and the answer.
 *
 * @param <R> what the command asks for
 */
public sealed interface Reply<R> {

    /** The command was decided: by this request, or by an earlier one with the same key. */
    record Done<R>(R result) implements Reply<R> {}

    /** Nothing was changed and nothing will be remembered. */
    record Refused<R>(Refusal refusal) implements Reply<R> {}
}
