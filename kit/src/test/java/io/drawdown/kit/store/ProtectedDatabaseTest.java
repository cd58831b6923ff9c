package io.drawdown.kit.store;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ServerAddress;
import io.drawdown.kit.problem.ProblemsTest;
import io.drawdown.kit.testing.TestCertificate;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.runtime.MongoClientCustomizer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the driver makes of a connection string with a user and TLS, and of an authority in Quarkus' TLS registry. The embedded
 * server knows neither, so nothing is connected here.
 */
@QuarkusTest
@TestProfile(ProtectedDatabaseTest.Protected.class)
@QuarkusTestResource(ProblemsTest.Keys.class)
class ProtectedDatabaseTest {

    public static final class Protected implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.mongodb.connection-string",
                    "mongodb://credits:p%40ss@db-1.invalid:27018,db-2.invalid/?replicaSet=rs0&authSource=admin&tls=true",
                    "quarkus.mongodb.tls-configuration-name",
                    "mongodb",
                    "quarkus.tls.mongodb.trust-store.pem.certs",
                    authority());
        }

        private static String authority() {
            try {
                return TestCertificate.in(Files.createTempDirectory("drawdown-authority"), "authority")
                        .certificate()
                        .toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Sees the settings of the client when it is made. */
    @Singleton
    static final class Seen implements MongoClientCustomizer {

        private final AtomicReference<@Nullable MongoClientSettings> settings = new AtomicReference<>();

        @Override
        public MongoClientSettings.Builder customize(MongoClientSettings.Builder builder) {
            settings.set(builder.build());
            return builder;
        }
    }

    @Inject
    ReactiveMongoClient client;

    @Inject
    Seen seen;

    @Test
    void connectionStringHoldsUserAndTls() {
        // When
        client.getDatabase("credits"); // makes the client
        // Then
        MongoClientSettings settings = seen.settings.get();
        assertThat(settings).isNotNull();
        MongoCredential user = settings.getCredential();
        assertThat(user).isNotNull();
        assertThat(user.getUserName()).isEqualTo("credits");
        assertThat(user.getSource()).isEqualTo("admin");
        assertThat(user.getPassword()).containsExactly("p@ss".toCharArray());
        assertThat(settings.getSslSettings().isEnabled()).isTrue();
        assertThat(settings.getSslSettings().isInvalidHostNameAllowed()).isFalse();
        assertThat(settings.getSslSettings().getContext()).isNotNull(); // with the authority
        assertThat(settings.getClusterSettings().getRequiredReplicaSetName()).isEqualTo("rs0");
        assertThat(settings.getClusterSettings().getHosts())
                .containsExactlyInAnyOrder(
                        new ServerAddress("db-1.invalid", 27018), new ServerAddress("db-2.invalid", 27017));
        assertThat(settings.toString()).doesNotContain("p@ss");
    }
}
