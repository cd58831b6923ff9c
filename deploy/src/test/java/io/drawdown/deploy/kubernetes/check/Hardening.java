package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** No pod has a right that it does not need: user, root file system, capabilities, tokens, memory without a limit, an image without a version. */
public final class Hardening implements Check {

    /** The image of the broker of the local overlay writes its configuration into its own folder. */
    private static final String WRITES = "kafka";

    @Override
    public List<String> findings(Rendering rendering) {
        Stream<String> ofPods = rendering.workloads().stream().flatMap(Hardening::ofPod);
        Stream<String> ofAccounts = rendering
                .of("ServiceAccount")
                .filter(account -> account.path("automountServiceAccountToken").asBoolean(true))
                .map(account -> Rendering.idOf(account) + " mounts a token");
        return Stream.concat(ofPods, ofAccounts).toList();
    }

    private static Stream<String> ofPod(Workload workload) {
        List<String> found = new ArrayList<>();
        JsonNode pod = workload.pod();
        expect(!pod.path("automountServiceAccountToken").asBoolean(true), workload, "mounts a token", found);
        expect(
                !pod.path("enableServiceLinks").asBoolean(true),
                workload,
                "gets the addresses of all Services as variables",
                found);
        expect(pod.at("/securityContext/runAsNonRoot").asBoolean(), workload, "may run as root", found);
        expect(
                "RuntimeDefault"
                        .equals(pod.at("/securityContext/seccompProfile/type").asText()),
                workload,
                "has no seccomp profile",
                found);
        if (workload.service().isPresent()) {
            expect(
                    pod.at("/securityContext/runAsUser").asInt() == 10_001,
                    workload,
                    "runs as another user than 10001",
                    found);
        }
        workload.containers().forEach(container -> ofContainer(workload, container, found));
        return found.stream();
    }

    private static void ofContainer(Workload workload, JsonNode container, List<String> found) {
        JsonNode security = container.path("securityContext");
        expect(!security.path("allowPrivilegeEscalation").asBoolean(true), workload, "may gain rights", found);
        expect(
                Rendering.each(security.at("/capabilities/drop"))
                                .anyMatch(drop -> drop.asText().equals("ALL"))
                        && security.at("/capabilities/add").isEmpty(),
                workload,
                "keeps capabilities",
                found);
        boolean mayWrite = WRITES.equals(workload.name()) && workload.service().isEmpty();
        expect(
                mayWrite || security.path("readOnlyRootFilesystem").asBoolean(),
                workload,
                "may write to its root file system",
                found);
        JsonNode resources = container.path("resources");
        expect(
                resources.at("/requests").has("cpu")
                        && resources.at("/requests").has("memory"),
                workload,
                "requests no resources",
                found);
        expect(
                resources.at("/requests/memory").equals(resources.at("/limits/memory")),
                workload,
                "may be killed for memory that it was not promised",
                found);
        expect(
                isVersioned(workload, container.path("image").asText()),
                workload,
                "has another image than that of its version: "
                        + container.path("image").asText(),
                found);
    }

    /** The images of the services have the version of the modules, as they are built together. */
    private static boolean isVersioned(Workload workload, String image) {
        return workload.service()
                .map(service -> image.matches("(.+/)?drawdown/" + service.serviceName() + ":"
                        + Pattern.quote(ServiceFacts.version()) + "(@sha256:.+)?"))
                .orElseGet(() -> image.matches(".+:v?\\d[\\w.-]*(@sha256:.+)?"));
    }

    private static void expect(boolean holds, Workload workload, String mistake, List<String> found) {
        if (!holds) {
            found.add(workload.id() + " " + mistake);
        }
    }
}
