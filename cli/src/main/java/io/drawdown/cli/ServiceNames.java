package io.drawdown.cli;

import io.drawdown.contracts.Service;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The services that a command is given by their names; all if it is given none. */
final class ServiceNames {

    private ServiceNames() {}

    static List<Service> parse(CommandSpec command, List<String> names) {
        return names.isEmpty()
                ? List.of(Service.values())
                : names.stream().map(name -> named(command, name)).toList();
    }

    private static Service named(CommandSpec command, String name) {
        return Arrays.stream(Service.values())
                .filter(service -> service.serviceName().equals(name))
                .findAny()
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "'" + name + "' is none of "
                                + Arrays.stream(Service.values())
                                        .map(Service::serviceName)
                                        .toList()));
    }
}
