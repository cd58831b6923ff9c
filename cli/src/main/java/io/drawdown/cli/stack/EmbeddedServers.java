package io.drawdown.cli.stack;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.JavaCommand;
import io.drawdown.cli.process.Readiness;
import io.drawdown.embedded.kafka.KafkaMain;
import io.drawdown.embedded.mongo.MongoMain;
import io.drawdown.embedded.standin.StandInsMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The database, the broker and the stand-ins of the stack, each a process on the class path of this one. */
final class EmbeddedServers {

    private static final Readiness READY = new Readiness.Line(" ready at ");

    private final List<String> javaOptions;
    private final AotCaches caches;

    EmbeddedServers(List<String> javaOptions, AotCaches caches) {
        this.javaOptions = javaOptions;
        this.caches = caches;
    }

    ChildSpec database(Path folder, StackPorts ports) {
        return new ChildSpec(
                Stack.DATABASE,
                ports.database(),
                command(
                        Stack.DATABASE,
                        "-Xmx768m",
                        MongoMain.class,
                        List.of(folder.toString(), text(ports.database()))),
                Map.of(),
                READY);
    }

    ChildSpec broker(Path folder, StackPorts ports, int partitions) {
        List<String> arguments =
                List.of(folder.toString(), text(ports.broker()), text(ports.controller()), text(partitions));
        return new ChildSpec(
                Stack.BROKER,
                ports.broker(),
                command(Stack.BROKER, "-Xmx192m", KafkaMain.class, arguments),
                Map.of(),
                READY);
    }

    /** Those that run of Stripe, Slack and mail. */
    ChildSpec standIns(Path folder, StandIns standIns) {
        List<String> arguments = new ArrayList<>(List.of(folder.toString()));
        arguments.addAll(standIns.arguments());
        return new ChildSpec(
                Stack.STAND_INS,
                standIns.portsByName().values().iterator().next(),
                command(Stack.STAND_INS, "-Xmx128m", StandInsMain.class, arguments),
                Map.of(),
                READY);
    }

    private List<String> command(String name, String heap, Class<?> main, List<String> arguments) {
        String classPath = System.getProperty("java.class.path");
        List<String> flags = Stream.of(List.of(heap), javaOptions, caches.options(name, classPath))
                .flatMap(List::stream)
                .toList();
        return JavaCommand.leashed(classPath, flags, main.getName(), arguments);
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
