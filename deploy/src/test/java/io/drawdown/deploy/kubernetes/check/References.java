package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import static java.util.stream.Collectors.toSet;

/** Whatever is named is there: ConfigMaps, secrets and their keys, service accounts, volumes, files that a variable names. */
public final class References implements Check {

    private static final String FILES = "/etc/drawdown/";

    @Override
    public List<String> findings(Rendering rendering) {
        Stream<String> ofPods =
                rendering.workloads().stream().flatMap(workload -> new OfPod(rendering, workload).all());
        Stream<String> ofTriggers = rendering.of("TriggerAuthentication").flatMap(object -> Rendering.each(
                        object.at("/spec/secretTargetRef"))
                .flatMap(ref -> missing(Rendering.idOf(object), rendering, ref.path("name"), ref.path("key"))));
        Stream<String> ofScalers = rendering.of("ScaledObject").flatMap(object -> Rendering.each(
                        object.at("/spec/triggers"))
                .map(trigger -> trigger.at("/authenticationRef/name").asText())
                .filter(name -> !name.isEmpty())
                .filter(name -> rendering.find("TriggerAuthentication", name).isEmpty())
                .map(name -> Rendering.idOf(object) + " names the TriggerAuthentication " + name));
        return Stream.of(ofPods, ofTriggers, ofScalers).flatMap(found -> found).toList();
    }

    private static Stream<String> missing(String who, Rendering rendering, JsonNode secret, JsonNode key) {
        Set<String> keys = rendering.secrets().get(secret.asText());
        if (keys == null) {
            return Stream.of(who + " needs the secret " + secret.asText() + ", which nobody makes");
        }
        return keys.contains(key.asText())
                ? Stream.empty()
                : Stream.of(who + " needs the key " + key.asText() + " of the secret " + secret.asText());
    }

    /** One pod. */
    private record OfPod(Rendering rendering, Workload workload) {

        Stream<String> all() {
            List<String> found = new ArrayList<>();
            account(found);
            workload.containers().forEach(container -> {
                Rendering.each(container.path("envFrom"))
                        .forEach(from -> configMap(from.at("/configMapRef/name").asText(), found));
                Rendering.each(container.path("env")).forEach(variable -> variable(variable, found));
                mounts(container, found);
            });
            Rendering.each(workload.pod().path("volumes")).forEach(volume -> volume(volume, found));
            return found.stream();
        }

        private void account(List<String> found) {
            String account = workload.pod().path("serviceAccountName").asText();
            boolean isOwn = workload.service().isEmpty() || account.equals(workload.name());
            boolean isThere = rendering.find("ServiceAccount", account).isPresent();
            boolean isOfOthers = account.isEmpty() && workload.kind().equals("StatefulSet");
            if (!isOwn || (!isThere && !isOfOthers)) {
                found.add(workload.id() + " names the ServiceAccount \"" + account + "\"");
            }
        }

        private void configMap(String name, List<String> found) {
            if (rendering.find("ConfigMap", name).isEmpty()) {
                found.add(workload.id() + " names the ConfigMap " + name);
            }
        }

        private void variable(JsonNode variable, List<String> found) {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            boolean mayLack = secret.path("optional").asBoolean() && !rendering.hasOptionalSecrets();
            if (secret.isObject() && !mayLack) {
                missing(workload.id(), rendering, secret.path("name"), secret.path("key"))
                        .forEach(found::add);
            }
        }

        private void mounts(JsonNode container, List<String> found) {
            Set<String> volumes = Rendering.each(workload.pod().path("volumes"))
                    .map(volume -> volume.path("name").asText())
                    .collect(toSet());
            Set<String> mounted = Rendering.each(container.path("volumeMounts"))
                    .map(mount -> mount.path("name").asText())
                    .collect(toSet());
            Set<String> different = new HashSet<>(volumes);
            different.addAll(mounted);
            different.removeIf(name -> volumes.contains(name) && mounted.contains(name));
            different.forEach(name ->
                    found.add(workload.id() + " has a volume without a mount or a mount without a volume: " + name));
            settings().forEach((name, value) -> Arrays.stream(value.split("[ =]", -1))
                    .flatMap(word -> file(container, name, word).stream())
                    .forEach(found::add));
        }

        /** Jobs get what all services share, and look at no token. */
        private Map<String, String> settings() {
            Map<String, String> settings = new TreeMap<>(workload.variables(rendering));
            if (workload.service().isEmpty()) {
                settings.remove("DRAWDOWN_JWT_PUBLIC_KEY");
            }
            return settings;
        }

        private void volume(JsonNode volume, List<String> found) {
            JsonNode secret = volume.path("secret");
            if (secret.isObject()) {
                Rendering.each(secret.path("items"))
                        .flatMap(item -> missing(workload.id(), rendering, secret.path("secretName"), item.path("key")))
                        .forEach(found::add);
            }
            JsonNode configMap = volume.path("configMap");
            if (configMap.isObject()) {
                configMap(configMap.path("name").asText(), found);
            }
        }

        /** A variable that names a file of a volume. */
        private Optional<String> file(JsonNode container, String variable, String value) {
            if (!value.startsWith(FILES)) {
                return Optional.empty();
            }
            int end = value.lastIndexOf('/');
            boolean isThere = Rendering.each(container.path("volumeMounts"))
                    .filter(mount -> mount.path("mountPath").asText().equals(value.substring(0, end)))
                    .flatMap(mount -> Rendering.each(workload.pod().path("volumes"))
                            .filter(volume -> volume.path("name").equals(mount.path("name"))))
                    .anyMatch(volume -> files(volume).contains(value.substring(end + 1)));
            return isThere
                    ? Optional.empty()
                    : Optional.of(workload.id() + " has no file for " + variable + ": " + value);
        }

        private Set<String> files(JsonNode volume) {
            Stream<String> ofSecret = Rendering.each(volume.at("/secret/items"))
                    .map(item -> item.path("path").asText());
            Stream<String> ofConfigMap = rendering
                    .find("ConfigMap", volume.at("/configMap/name").asText())
                    .stream()
                    .flatMap(map -> map.path("data").properties().stream())
                    .map(entry -> entry.getKey());
            return Stream.concat(ofSecret, ofConfigMap).collect(toSet());
        }
    }
}
