package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.contracts.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A pod leaves the routes before it stops, and has the time that its stop takes at most. An update never takes away more than it
 * may. Names that must come back do.
 */
public final class Stops implements Check {

    /** Seconds that the kubelet and the virtual machine take beside it. */
    private static final int BESIDE = 5;

    private static final int HTTP = 3;
    private static final int PUBLISHER = 4;

    @Override
    public List<String> findings(Rendering rendering) {
        return rendering.workloads().stream()
                .flatMap(workload -> workload.service().stream().flatMap(service -> of(rendering, workload, service)))
                .toList();
    }

    private static Stream<String> of(Rendering rendering, Workload workload, Service service) {
        List<String> found = new ArrayList<>();
        int pause = workload.containers()
                .mapToInt(container ->
                        container.at("/lifecycle/preStop/sleep/seconds").asInt())
                .max()
                .orElse(0);
        if (pause < BESIDE) {
            found.add(workload.id() + " stops before the routes have forgotten it: " + pause + " s");
        }
        int stop = HTTP + core(service, workload.variables(rendering)) + PUBLISHER;
        int grace = workload.pod().path("terminationGracePeriodSeconds").asInt(30);
        if (grace < pause + stop + BESIDE) {
            found.add(
                    workload.id() + " is killed after " + grace + " s, and may take " + (pause + stop + BESIDE) + " s");
        }
        found.addAll(ofUpdate(workload, service));
        return found.stream();
    }

    /** How long its core takes at most; docs/operations.md has the same numbers. */
    private static int core(Service service, Map<String, String> variables) {
        return switch (service) {
            case CREDITS_SERVICE -> 5;
            case SESSION_SERVICE -> 12;
            case CHECKPOINT_WORKER -> 4;
            case TASK_SERVICE -> seconds(service, "DRAWDOWN_TASK_STOP_PATIENCE", variables) + 12;
            case BILLING_BATCH -> seconds(service, "DRAWDOWN_BATCH_STOP_PATIENCE", variables) + 4;
        };
    }

    private static int seconds(Service service, String variable, Map<String, String> variables) {
        String given = variables.getOrDefault(
                variable, ServiceFacts.of(service).defaultOf(variable).orElseThrow());
        return Integer.parseInt(given.substring(0, given.indexOf('s')));
    }

    private static List<String> ofUpdate(Workload workload, Service service) {
        if (service == Service.SESSION_SERVICE) {
            return workload.kind().equals("StatefulSet")
                    ? List.of()
                    : List.of(workload.id()
                            + " gives its pods names that do not come back, so nobody ends what a dead one left");
        }
        JsonNode update = workload.object().at("/spec/strategy/rollingUpdate");
        int less = update.path("maxUnavailable").asInt(-1);
        int more = update.path("maxSurge").asInt(-1);
        boolean mayLack = service == Service.CHECKPOINT_WORKER;
        boolean fits = mayLack ? less == 1 && more == 0 : less == 0 && more > 0;
        return fits
                ? List.of()
                : List.of(workload.id() + " is updated in another way than its comment says: " + update);
    }
}
