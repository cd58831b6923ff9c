package io.drawdown.deploy.kubernetes.crd;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** External Secrets: a secret that comes from a vault. */
public record ExternalSecret(String apiVersion, String kind, Metadata metadata, Spec spec) {

    record Spec(String refreshInterval, Store secretStoreRef, Target target, List<Data> data) {}

    record Store(String kind, String name) {}

    record Target(String name, @Nullable String creationPolicy) {}

    record Data(String secretKey, Remote remoteRef) {}

    record Remote(String key, String property) {}
}
