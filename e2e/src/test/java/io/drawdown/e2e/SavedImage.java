package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A saved image, read as an OCI image layout and unpacked as a container runtime does, one layer above the other.
 *
 * @param descriptor what the index says of the image
 * @param docker what the Docker manifest beside the layout says of it
 * @param config how it is run
 * @param files the names of the files of each layer, the lowest first
 */
record SavedImage(JsonNode descriptor, JsonNode docker, JsonNode config, List<Set<String>> files, Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** How a layer takes away what lies below it; none of ours may. */
    private static final String WHITEOUT = ".wh.";

    /** Unpacks the archive into {@code folder}. */
    static SavedImage unpack(Path tar, Path folder) {
        try {
            Map<String, byte[]> parts = parts(tar);
            assertThat(JSON.readTree(part(parts, "oci-layout"))
                            .path("imageLayoutVersion")
                            .asText())
                    .isEqualTo("1.0.0");
            JsonNode index = JSON.readTree(part(parts, "index.json"));
            assertThat(index.path("schemaVersion").asInt()).isEqualTo(2);
            assertThat(index.path("manifests")).hasSize(1);
            JsonNode descriptor = index.path("manifests").path(0);
            JsonNode manifest = JSON.readTree(blob(parts, descriptor, "image.manifest.v1+json"));
            JsonNode config = JSON.readTree(blob(parts, manifest.path("config"), "image.config.v1+json"));
            List<Set<String>> files = new ArrayList<>();
            List<String> diffs = new ArrayList<>();
            for (JsonNode layer : manifest.path("layers")) {
                byte[] archive = unzipped(blob(parts, layer, "image.layer.v1.tar+gzip"));
                diffs.add(digest(archive));
                files.add(unpackLayer(archive, Files.createDirectories(folder)));
            }
            assertThat(config.path("rootfs").path("diff_ids").valueStream().map(JsonNode::asText))
                    .isEqualTo(diffs);
            JsonNode docker = JSON.readTree(part(parts, "manifest.json")).path(0);
            assertThat(docker.path("Config").asText()).isEqualTo(place(manifest.path("config")));
            assertThat(docker.path("Layers").valueStream().map(JsonNode::asText))
                    .isEqualTo(manifest.path("layers")
                            .valueStream()
                            .map(SavedImage::place)
                            .toList());
            return new SavedImage(descriptor, docker, config.path("config"), files, folder);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Writes only what is of the layout to another file. */
    static void copyLayoutAlone(Path tar, Path layout) throws IOException {
        try (OutputStream file = Files.newOutputStream(layout);
                TarArchiveOutputStream archive = new TarArchiveOutputStream(file)) {
            Map<String, byte[]> parts = parts(tar);
            parts.remove("manifest.json");
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry("./" + part.getKey());
                entry.setSize(part.getValue().length);
                archive.putArchiveEntry(entry);
                archive.write(part.getValue());
                archive.closeArchiveEntry();
            }
        }
    }

    /** What a descriptor names, which is as long as it says and has its digest. */
    private static byte[] blob(Map<String, byte[]> parts, JsonNode descriptor, String type) {
        byte[] content = part(parts, place(descriptor));
        assertThat(descriptor.path("mediaType").asText()).isEqualTo("application/vnd.oci." + type);
        assertThat(content).hasSize(descriptor.path("size").asInt());
        assertThat(digest(content)).isEqualTo(descriptor.path("digest").asText());
        return content;
    }

    private static String place(JsonNode descriptor) {
        return "blobs/" + descriptor.path("digest").asText().replace(':', '/');
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    private static byte[] unzipped(byte[] layer) throws IOException {
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(layer))) {
            return content.readAllBytes();
        }
    }

    private static byte[] part(Map<String, byte[]> parts, String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }

    private static Map<String, byte[]> parts(Path tar) throws IOException {
        Map<String, byte[]> parts = new HashMap<>();
        try (InputStream file = Files.newInputStream(tar);
                TarArchiveInputStream archive = new TarArchiveInputStream(file)) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                parts.put(entry.getName(), archive.readAllBytes());
            }
        }
        return parts;
    }

    private static Set<String> unpackLayer(byte[] layer, Path folder) throws IOException {
        Set<String> files = new HashSet<>();
        try (TarArchiveInputStream archive = new TarArchiveInputStream(new ByteArrayInputStream(layer))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                Path path = folder.resolve(entry.getName()).normalize();
                assertThat(path).as("a path that leaves the image").startsWithRaw(folder);
                assertThat(path.getFileName().toString()).doesNotStartWith(WHITEOUT);
                assertThat(entry.getLongUserId()).as("the owner of " + path).isZero();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    assertThat(entry.isFile()).as(path + " is a file").isTrue();
                    Files.write(path, archive.readAllBytes());
                    files.add(entry.getName());
                }
                Files.setPosixFilePermissions(path, permissions(entry.getMode()));
            }
        }
        return files;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return PosixFilePermissions.fromString(text.toString());
    }

    String name() {
        return docker.path("RepoTags").path(0).asText();
    }

    String digest() {
        return descriptor.path("digest").asText();
    }

    String annotation(String name) {
        return descriptor.path("annotations").path(name).asText();
    }

    String label(String name) {
        return config.path("Labels").path("org.opencontainers.image." + name).asText();
    }

    /** The numbers of the ports that it says it serves. */
    Set<Integer> ports() {
        Set<Integer> ports = new HashSet<>();
        config.path("ExposedPorts")
                .fieldNames()
                .forEachRemaining(port -> ports.add(Integer.valueOf(port.replace("/tcp", ""))));
        return ports;
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        config.path("Env").forEach(variable -> {
            String[] parts = variable.asText().split("=", 2);
            environment.put(parts[0], parts[1]);
        });
        return environment;
    }

    List<String> entryPoint() {
        List<String> words = new ArrayList<>();
        config.path("Entrypoint").forEach(word -> words.add(word.asText()));
        return words;
    }

    /** Where the process starts, below {@link #folder}. */
    Path workingFolder() {
        return folder.resolve(config.path("WorkingDir").asText().substring(1));
    }

    /** Every file and folder, with its size and when it was changed. */
    Map<String, String> content() {
        Map<String, String> content = new HashMap<>();
        try (var paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                content.put(path.toString(), Files.size(path) + " " + Files.getLastModifiedTime(path));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return content;
    }
}
