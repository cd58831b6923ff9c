package io.drawdown.cli.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A supervisor in a process of its own, which a test kills. */
final class SupervisorMain {

    private SupervisorMain() {}

    public static void main(String[] args) {
        Console console = new Console(Path.of(args[0]), System.out, false);
        Supervisor supervisor = new Supervisor(
                List.of(List.of(patient("database"), patient("credits-service"))),
                console,
                Supervisor.Restarts.wanted(false),
                new ProcessFile(Path.of(args[0]), console::say));
        supervisor.start();
        ProcessHandle.current().children().forEach(child -> System.out.println("child " + child.pid()));
        System.out.println("all ready");
        supervisor.await();
    }

    private static ChildSpec patient(String name) {
        return new ChildSpec(
                name,
                0,
                JavaCommand.leashed(
                        System.getProperty("java.class.path"), List.of(), IdleMain.class.getName(), List.of()),
                Map.of(),
                new Readiness.Line("ready"));
    }
}
