package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A saved image, read and unpacked as a container runtime does, one layer above the other.
 *
 * @param manifest what the archive says of its parts
 * @param config how it is run
 * @param files the names of the files of each layer, the lowest first
 */
record SavedImage(JsonNode manifest, JsonNode config, List<Set<String>> files, Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** How a layer takes away what lies below it; none of ours may. */
    private static final String WHITEOUT = ".wh.";

    /** Unpacks the archive into {@code folder}. */
    static SavedImage unpack(Path tar, Path folder) {
        try {
            Map<String, byte[]> parts = parts(tar);
            JsonNode manifest = JSON.readTree(part(parts, "manifest.json")).path(0);
            List<Set<String>> files = new ArrayList<>();
            for (JsonNode layer : manifest.path("Layers")) {
                files.add(unpackLayer(part(parts, layer.asText()), Files.createDirectories(folder)));
            }
            JsonNode config = JSON.readTree(part(parts, manifest.path("Config").asText()));
            return new SavedImage(manifest, config.path("config"), files, folder);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
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
        try (TarArchiveInputStream archive =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(layer)))) {
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
        return manifest.path("RepoTags").path(0).asText();
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
