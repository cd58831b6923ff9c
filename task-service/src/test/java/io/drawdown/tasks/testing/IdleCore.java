package io.drawdown.tasks.testing;

import io.drawdown.contracts.Service;
import io.drawdown.kit.runtime.CoreService;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The service with a database of its own, without a broker and a core, so that only the test touches the stores. */
public class IdleCore implements QuarkusTestProfile {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(Idle.class);
    }

    /** The idle core needs no store, but its tests do. */
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.arc.unremovable-types", "io.drawdown.tasks.store.*");
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TaskServers.class, Map.of("database", database())));
    }

    /** Its database. */
    protected String database() {
        return "idle";
    }

    /** In place of the service's own. */
    @Alternative
    @Singleton
    static final class Idle implements CoreService {

        @Override
        public boolean isEnabled() {
            return false;
        }

        @Override
        public Service service() {
            throw new IllegalStateException("no broker is asked for the topics of an idle core");
        }

        @Override
        public void start() {}

        @Override
        public Uni<Boolean> stop() {
            return Uni.createFrom().item(true);
        }
    }
}
