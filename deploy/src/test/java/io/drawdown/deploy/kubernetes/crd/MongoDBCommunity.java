package io.drawdown.deploy.kubernetes.crd;

import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** MongoDB's operator: a replica set. */
public record MongoDBCommunity(String apiVersion, String kind, Metadata metadata, Spec spec) {

    record Spec(
            String type,
            int members,
            String version,
            Security security,
            List<User> users,
            @Nullable Map<String, Object> additionalMongodConfig,
            @Nullable StatefulSet statefulSet) {}

    record Security(Authentication authentication, @Nullable List<CustomRole> roles, Tls tls) {}

    record CustomRole(String role, String db, List<Role> roles, List<Privilege> privileges) {}

    record Privilege(Resource resource, List<String> actions) {}

    record Resource(boolean anyResource) {}

    record Authentication(List<String> modes) {}

    record Tls(boolean enabled, Reference certificateKeySecretRef, Reference caConfigMapRef) {}

    record Reference(String name) {}

    record User(
            String name, String db, Reference passwordSecretRef, List<Role> roles, String scramCredentialsSecretName) {}

    record Role(String name, String db) {}

    /** The operator fills in the rest of it. */
    record StatefulSet(StatefulSetSpec spec) {}
}
