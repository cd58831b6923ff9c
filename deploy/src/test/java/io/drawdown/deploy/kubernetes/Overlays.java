package io.drawdown.deploy.kubernetes;

import io.drawdown.deploy.kubernetes.check.Rendering;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The overlays, each built once. */
enum Overlays {
    LOCAL,
    PRODUCTION,
    PRODUCTION_KRAFT_EXTERNAL;

    private static final Map<Overlays, Rendering> BUILT = new ConcurrentHashMap<>();

    Rendering rendering() {
        return BUILT.computeIfAbsent(
                this, overlay -> new Rendering(overlay.folder(), Kustomize.build(overlay.folder()), Map.of()));
    }

    String folder() {
        return "overlays/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
