package io.drawdown.deploy.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What {@code overlays/local/secrets.sh} prints, from keys that stand for those of {@code ./drawdown up}. */
final class LocalSecrets {

    private static final List<String> KEYS =
            List.of("public.pem", "session-service.token", "billing-batch.token", "worker-secret");

    private LocalSecrets() {}

    static List<ObjectNode> printed() {
        Path home = Kustomize.DEPLOY.resolve("target/local-home");
        try {
            Files.createDirectories(home.resolve("keys"));
            for (String key : KEYS) {
                Files.writeString(home.resolve("keys").resolve(key), "a " + key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String printed =
                Kustomize.run(Map.of("DRAWDOWN_HOME", home.toString()), List.of("bash", "overlays/local/secrets.sh"));
        return Kustomize.read(printed);
    }
}
