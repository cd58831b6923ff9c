package io.drawdown.cli.stack;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.JavaCommand;
import io.drawdown.cli.process.Readiness;
import io.drawdown.embedded.kafka.KafkaMain;
import io.drawdown.embedded.mongo.MongoMain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The database and the broker of the stack, each a process on the class path of this one. */
final class EmbeddedServers {

    private static final Readiness READY = new Readiness.Line(" ready at ");

    private EmbeddedServers() {}

    static ChildSpec database(Path folder, StackPorts ports, List<String> flags) {
        return new ChildSpec(
                Stack.DATABASE,
                ports.database(),
                command(flags, "-Xmx768m", MongoMain.class, List.of(folder.toString(), text(ports.database()))),
                Map.of(),
                READY);
    }

    static ChildSpec broker(Path folder, StackPorts ports, int partitions, List<String> flags) {
        List<String> arguments =
                List.of(folder.toString(), text(ports.broker()), text(ports.controller()), text(partitions));
        return new ChildSpec(
                Stack.BROKER, ports.broker(), command(flags, "-Xmx192m", KafkaMain.class, arguments), Map.of(), READY);
    }

    private static List<String> command(List<String> flags, String heap, Class<?> main, List<String> arguments) {
        List<String> all = Stream.concat(flags.stream(), Stream.of(heap)).toList();
        return JavaCommand.leashed(System.getProperty("java.class.path"), all, main.getName(), arguments);
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
