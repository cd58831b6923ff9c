package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The list of the parts of each service (SBOM): no jar of the service is missing from it (it may name parts that are not in the service),
 * and each part may be used under a licence that is allowed.
 */
class PartsTest {

    /** As SPDX names them, but for "Public Domain", which is no licence and has no id there. Each allows a service to be sold without its source. */
    private static final Set<String> ALLOWED =
            Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-2.0", "MIT", "MIT-0", "Public Domain");

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource
    void everyPartHasALicenceThatIsAllowed(Service service) throws IOException {
        // Given
        List<JsonNode> parts = parts(service);

        // Then
        assertThat(parts).hasSizeGreaterThan(100);
        assertThat(parts)
                .filteredOn(part -> licences(part).stream().noneMatch(ALLOWED::contains))
                .extracting(part -> part.path("purl").asText() + " " + licences(part))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyJarOfTheServiceIsAPart(Service service) throws IOException {
        // Given
        Set<String> listed = parts(service).stream()
                .flatMap(part -> part.path("hashes").valueStream())
                .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                .map(hash -> hash.path("content").asText())
                .collect(Collectors.toSet());
        Path jars = Suite.ROOT.resolve(service.serviceName()).resolve("target/quarkus-app/lib");

        // Then
        try (Stream<Path> files = Files.walk(jars)) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .hasSizeGreaterThan(100)
                    .allSatisfy(file -> assertThat(listed).contains(sha256(file)));
        }
    }

    private static List<JsonNode> parts(Service service) throws IOException {
        Path list = Suite.ROOT.resolve(service.serviceName() + "/target/" + service.serviceName() + ".cdx.json");
        assertThat(list).as("written by a build with a network").exists();
        List<JsonNode> parts = new ArrayList<>();
        JSON.readTree(list.toFile()).path("components").forEach(parts::add);
        return parts;
    }

    /** Of several the user may choose. */
    private static Set<String> licences(JsonNode part) {
        Set<String> licences = new TreeSet<>();
        for (JsonNode choice : part.path("licenses")) {
            JsonNode licence = choice.path("license");
            licences.add(licence.path("id")
                    .asText(licence.path("name")
                            .asText(choice.path("expression").asText())));
        }
        return licences;
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
