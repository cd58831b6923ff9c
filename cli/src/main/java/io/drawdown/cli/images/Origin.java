package io.drawdown.cli.images;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the code of an image comes from, as far as it is known.
 *
 * @param revision the commit, with {@code -dirty} behind it if files differ from it or are not in it
 * @param source the address of the repository
 */
public record Origin(Optional<String> revision, Optional<String> source) {

    /** Asks git; outside a repository, or without git, nothing is known. */
    public static Origin of(Path checkout) {
        Optional<String> changed = git(checkout, "status", "--porcelain");
        Optional<String> revision = git(checkout, "rev-parse", "HEAD")
                .map(commit -> changed.filter(String::isEmpty).isPresent() ? commit : commit + "-dirty");
        return new Origin(revision, git(checkout, "remote", "get-url", "origin").flatMap(Origin::publicPart));
    }

    Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        revision.ifPresent(commit -> labels.put("org.opencontainers.image.revision", commit));
        source.ifPresent(address -> labels.put("org.opencontainers.image.source", address));
        return labels;
    }

    /** The address without a user and a password; a path on this machine is no address. */
    static Optional<String> publicPart(String remote) {
        if (!remote.startsWith("https://")) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(remote);
            return Optional.ofNullable(uri.getHost())
                    .map(host -> "https://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getPath());
        } catch (URISyntaxException e) { // its message would quote a password
            return Optional.empty();
        }
    }

    private static Optional<String> git(Path checkout, String... arguments) {
        String[] command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(checkout.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
