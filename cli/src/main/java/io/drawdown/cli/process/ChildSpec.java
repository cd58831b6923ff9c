package io.drawdown.cli.process;

import java.util.List;
import java.util.Map;

/**
 * One process of the stack.
 *
 * @param name its name in logs and messages
 * @param port the port that it listens on, 0 if none
 * @param command the program and its arguments
 * @param environment added to the environment of this process
 * @param readiness how it shows that it serves
 */
public record ChildSpec(
        String name, int port, List<String> command, Map<String, String> environment, Readiness readiness) {

    public ChildSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
