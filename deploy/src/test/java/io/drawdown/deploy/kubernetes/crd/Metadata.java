package io.drawdown.deploy.kubernetes.crd;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The name of an object. */
record Metadata(
        String name, @Nullable String namespace, @Nullable Map<String, String> labels) {}
