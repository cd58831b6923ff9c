package io.drawdown.cli.stack;

import io.drawdown.cli.process.ProcessFile;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.contracts.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How many processes each service has. One serves at the port of its service; several have ports of their own, and a proxy
 * serves at that of the service.
 */
public record Instances(int number) {

    /** The variable that says how many. */
    static final String VARIABLE = "DRAWDOWN_INSTANCES";

    /** Where the ports of each begin, between those of the services and those of the servers. */
    private static final List<Integer> PORTS = List.of(20, 30, 50);

    private static final Pattern NUMBERED = Pattern.compile(".+-([1-3])");

    public Instances {
        if (number < 1 || number > PORTS.size()) {
            throw new UserFacingException("A service has 1 to " + PORTS.size() + " instances, not " + number);
        }
    }

    static Instances parse(String number) {
        try {
            return new Instances(Integer.parseInt(number));
        } catch (NumberFormatException e) {
            throw new UserFacingException(VARIABLE + " must be a number, not '" + number + "'", e);
        }
    }

    /** How many the stack of that home runs, or ran when it was killed. */
    public static Instances runningIn(Path home) {
        return new Instances(ProcessFile.in(home).stream()
                .map(process -> NUMBERED.matcher(process.name()))
                .filter(Matcher::matches)
                .mapToInt(name -> Integer.parseInt(name.group(1)))
                .max()
                .orElse(1));
    }

    /** Whether something must choose between them. */
    public boolean needProxy() {
        return number > 1;
    }

    /** The names of the processes of a service. */
    public List<String> of(Service service) {
        return needProxy()
                ? IntStream.rangeClosed(1, number)
                        .mapToObj(instance -> service.serviceName() + "-" + instance)
                        .toList()
                : List.of(service.serviceName());
    }

    /** The port of one of them, counted from one. */
    int port(StackPorts ports, Service service, int instance) {
        return needProxy() ? ports.of(service) + PORTS.get(instance - 1) : ports.of(service);
    }
}
