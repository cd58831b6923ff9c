package io.drawdown.contracts;

/**
 * The money of an account as it stood right after its ledger row {@code seq}; of two views the one with the greater seq is
 * newer.
 *
 * @param balance Σ remaining of effective grants; holds do not lower it
 * @param held Σ reserved parts
 * @param available what a new hold or charge can take
 * @param burnPerSecond what all running sessions of the account use per second
 * @param armedBalance the balance right after the last top-up; warnings are percentages of it
 */
public record AccountView(
        long seq, Credits balance, Credits held, Credits available, Credits burnPerSecond, Credits armedBalance) {}
