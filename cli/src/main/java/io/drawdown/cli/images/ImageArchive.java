package io.drawdown.cli.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.cli.process.UserFacingException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * A tar file of an OCI image layout that has the {@code manifest.json} of a Docker archive too, as {@code docker save} writes
 * it: both name the same blobs. Docker without its containerd image store, jib and scanners read only the latter.
 */
final class ImageArchive {

    private static final String LAYOUT = "oci-layout";
    private static final String INDEX = "index.json";
    private static final String DOCKER = "manifest.json";
    private static final String IMAGE_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /** Containerd and Podman take an image's full name from here, and a tag only from the standard annotation. */
    private static final String FULL_NAME = "io.containerd.image.name";

    /** What Docker takes for the registry of a name that has none. */
    private static final String REGISTRY = "docker.io/";

    private static final String TAG = "org.opencontainers.image.ref.name";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path tar;
    private final TarFile file;
    private final Map<String, TarArchiveEntry> entries = new HashMap<>();

    private ImageArchive(Path tar, TarFile file) {
        this.tar = tar;
        this.file = file;
        file.getEntries().forEach(entry -> entries.put(plain(entry.getName()), entry));
    }

    /** Whether a tar file has a layout and no Docker manifest. */
    static boolean isLayoutAlone(Path tar) throws IOException {
        try (TarFile file = new TarFile(tar)) {
            ImageArchive archive = new ImageArchive(tar, file);
            return archive.entries.containsKey(LAYOUT) && !archive.entries.containsKey(DOCKER);
        }
    }

    /** Writes the layout in one tar file to another, with a Docker manifest and, unless it is empty, under that name. */
    static void complete(Path layout, Path archive, String name) throws IOException {
        try (TarFile file = new TarFile(layout);
                OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(archive));
                TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            new ImageArchive(layout, file).writeTo(out, name);
        }
    }

    private void writeTo(TarArchiveOutputStream out, String name) throws IOException {
        JsonNode index = json(INDEX);
        JsonNode image = index.path("manifests").path(0);
        if (index.path("manifests").size() != 1
                || !image.path("mediaType").asText().equals(IMAGE_MANIFEST)) {
            throw new UserFacingException(
                    tar + " has several images: save the one for linux/amd64 alone, or name one of a registry");
        }
        if (!name.isEmpty()) {
            ((ObjectNode) image)
                    .putObject("annotations")
                    .put(FULL_NAME, REGISTRY + name)
                    .put(TAG, name.substring(name.lastIndexOf(':') + 1));
        }
        for (TarArchiveEntry entry : file.getEntries()) {
            if (!plain(entry.getName()).equals(INDEX)) {
                out.putArchiveEntry(entry);
                try (InputStream content = file.getInputStream(entry)) {
                    content.transferTo(out);
                }
                out.closeArchiveEntry();
            }
        }
        add(out, INDEX, index);
        add(out, DOCKER, dockerManifest(image, name));
    }

    private JsonNode dockerManifest(JsonNode image, String name) throws IOException {
        JsonNode manifest = json(blob(image));
        ArrayNode archive = JSON.createArrayNode();
        ObjectNode only = archive.addObject().put("Config", blob(manifest.path("config")));
        ArrayNode names = only.putArray("RepoTags");
        if (!name.isEmpty()) {
            names.add(name);
        }
        ArrayNode layers = only.putArray("Layers");
        manifest.path("layers").forEach(layer -> layers.add(blob(layer)));
        return archive;
    }

    private JsonNode json(String name) throws IOException {
        TarArchiveEntry entry = entries.get(name);
        if (entry == null) {
            throw new UserFacingException(tar + " is no whole image: " + name + " is missing");
        }
        try (InputStream content = file.getInputStream(entry)) {
            return JSON.readTree(content);
        }
    }

    /** Where the content of a descriptor is. */
    private static String blob(JsonNode descriptor) {
        return "blobs/" + descriptor.path("digest").asText().replace(':', '/');
    }

    /** A name without the dot of the folder that was packed. */
    private static String plain(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }

    private static void add(TarArchiveOutputStream out, String name, JsonNode content) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(content);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setModTime(FileTime.fromMillis(0));
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }
}
