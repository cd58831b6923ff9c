package io.drawdown.kit.runtime;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The main class of every service. If the service does not start, it prints one sentence for each mistake that a
 * person can fix, on standard error, and ends with a status that is not 0. It prints a stack trace only for faults
 * that need a change of the code.
 */
@QuarkusMain
public final class ServiceMain {

    private ServiceMain() {}

    public static void main(String... args) {
        Quarkus.run(null, ServiceMain::exit, args);
    }

    private static void exit(Integer status, @Nullable Throwable fault) {
        if (fault != null) {
            explain(fault);
        }
        System.exit(status);
    }

    private static void explain(Throwable fault) {
        if (StartFaults.rootOf(fault) instanceof PreventFurtherStepsException) {
            return; // the thrower has logged the reason
        }
        List<String> sentences = StartFaults.explain(fault, GivenSetting.ofThisProcess());
        if (sentences.isEmpty()) {
            Logger.getLogger(ServiceMain.class).error("Not started", fault);
        }
        sentences.forEach(sentence -> System.err.println("Not started: " + sentence));
    }
}
