package io.drawdown.tasks.config;

import io.drawdown.tasks.handler.TaskHandler;
import io.drawdown.tasks.task.Policy;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The types of tasks as they are configured: each handler has one, and there are those whose workers are elsewhere. A type is
 * what its handler says unless the configuration says otherwise.
 */
public final class ConfiguredTypes {

    private static final String PREFIX = "drawdown.task.types.";
    private static final int NO_SLOTS = 1;

    private ConfiguredTypes() {}

    /** @throws ConfigurationException naming a type that nobody knows or that is given twice, or bounds that exclude each other */
    public static TaskTypes of(TaskConfig.Task config, Collection<? extends TaskHandler<?, ?>> handlers) {
        List<String> external = config.externalTypes().orElse(List.of());
        Set<String> handled = handlers.stream().map(TaskHandler::type).collect(Collectors.toCollection(TreeSet::new));
        requireKnown(config.types(), handled, external);
        requirePossible(config.leases());
        List<TaskType> types = new ArrayList<>();
        for (TaskHandler<?, ?> handler : handlers) {
            TaskConfig.Type given = config.types().get(handler.type());
            Policy policy = policy(handler.type(), handler.policy(), given);
            int concurrency =
                    given == null ? handler.concurrency() : given.concurrency().orElse(handler.concurrency());
            types.add(new TaskType(handler.type(), policy, concurrency, true));
        }
        for (String name : external) {
            types.add(new TaskType(
                    name, policy(name, Policy.DEFAULT, config.types().get(name)), NO_SLOTS, false));
        }
        return new TaskTypes(types);
    }

    private static void requireKnown(
            Map<String, TaskConfig.Type> configured, Set<String> handled, List<String> external) {
        for (String name : external) {
            if (handled.contains(name)) {
                throw new ConfigurationException(
                        "drawdown.task.external-types has \"" + name + "\": this instance has its handler");
            }
        }
        Set<String> known =
                Stream.concat(handled.stream(), external.stream()).collect(Collectors.toCollection(TreeSet::new));
        for (String name : configured.keySet()) {
            if (!known.contains(name)) {
                throw new ConfigurationException(PREFIX + name + " configures nothing: the types are " + known
                        + "; drawdown.task.external-types adds those whose workers are elsewhere");
            }
        }
    }

    private static void requirePossible(TaskConfig.Leases leases) {
        if (leases.visibility().compareTo(leases.longestVisibility()) > 0) {
            throw new ConfigurationException("drawdown.task.leases.visibility is " + leases.visibility()
                    + ": it is above longest-visibility, " + leases.longestVisibility());
        }
    }

    private static Policy policy(String name, Policy own, TaskConfig.@Nullable Type given) {
        if (given == null) {
            return own;
        }
        Policy policy = new Policy(
                given.retries().orElse(own.retries()),
                given.timeout().orElse(own.timeout()),
                given.firstBackoff().orElse(own.firstBackoff()),
                given.longestBackoff().orElse(own.longestBackoff()),
                given.resultTtl().orElse(own.resultTtl()),
                given.keep().orElse(own.keep()));
        if (policy.firstBackoff().compareTo(policy.longestBackoff()) > 0) {
            throw new ConfigurationException(PREFIX + name + ".first-backoff is " + policy.firstBackoff()
                    + ": it is above longest-backoff, " + policy.longestBackoff());
        }
        return policy;
    }
}
