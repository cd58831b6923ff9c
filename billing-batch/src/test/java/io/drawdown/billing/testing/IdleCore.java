package io.drawdown.billing.testing;

import io.drawdown.contracts.Service;
import io.drawdown.kit.runtime.CoreService;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The service with a database of its own, without a core at work, without a secret, and with its schedules. */
public final class IdleCore implements QuarkusTestProfile {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(Idle.class);
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(BillingServers.class, Map.of("database", "idle", "bare", "true")));
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
            return Service.BILLING_BATCH;
        }

        @Override
        public void start() {}

        @Override
        public Uni<Boolean> stop() {
            return Uni.createFrom().item(true);
        }
    }
}
