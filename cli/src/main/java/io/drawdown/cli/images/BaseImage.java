package io.drawdown.cli.images;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import io.drawdown.cli.process.UserFacingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * What an image is built on: {@code scratch} (nothing), {@code tar://PATH} (an image saved as an OCI layout or as a Docker
 * archive), or the reference of an image in a registry, which gives a Java runtime.
 */
public record BaseImage(String reference) {

    /** For machines that reach no registry: the layers of our own alone, without a Java runtime. */
    public static final BaseImage SCRATCH = new BaseImage("scratch");

    private static final String TAR = "tar://";
    private static final String FILE = "base-image.properties";

    /** The one that production builds pull, by its digest. */
    public static BaseImage configured() {
        Properties properties = new Properties();
        try (InputStream file = BaseImage.class.getResourceAsStream(FILE)) {
            properties.load(Objects.requireNonNull(file, FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BaseImage(Objects.requireNonNull(properties.getProperty("base-image"), "base-image"));
    }

    /** @param folder for what is made of the base */
    JibContainerBuilder start(Path folder) throws IOException {
        if (equals(SCRATCH)) {
            return Jib.fromScratch();
        }
        try {
            return Jib.from(reference.startsWith(TAR) ? TAR + saved(folder) : reference);
        } catch (InvalidImageReferenceException e) {
            throw new UserFacingException(
                    "'" + reference + "' is no base image: give scratch, tar://PATH or the reference of an image", e);
        }
    }

    /** The tar file as jib reads it. */
    private Path saved(Path folder) throws IOException {
        Path tar = Path.of(reference.substring(TAR.length()));
        if (!Files.isRegularFile(tar) || !ImageArchive.isLayoutAlone(tar)) {
            return tar;
        }
        Path archive = Files.createDirectories(folder).resolve(tar.getFileName());
        ImageArchive.complete(tar, archive, "");
        return archive;
    }

    /** The labels that say on what an image was built, where others can get that too. */
    Map<String, String> labels() {
        int digest = reference.indexOf("@sha256:");
        return digest < 0
                ? Map.of()
                : Map.of(
                        "org.opencontainers.image.base.name",
                        reference.substring(0, digest),
                        "org.opencontainers.image.base.digest",
                        reference.substring(digest + 1));
    }
}
