package io.drawdown.deploy.kubernetes.crd;

import java.util.List;

/** KEDA: what a trigger shows to whom it asks. */
public record TriggerAuthentication(String apiVersion, String kind, Metadata metadata, Spec spec) {

    record Spec(List<Reference> secretTargetRef) {}

    record Reference(Parameter parameter, String name, String key) {}

    enum Parameter {
        username,
        password,
        ca
    }
}
