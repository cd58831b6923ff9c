package io.drawdown.bench.report;

import com.mongodb.client.MongoClient;
import io.drawdown.cli.process.UserFacingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What was measured with.
 *
 * @param commit of the checkout, with {@code +} behind it if files were changed since; null if it is no checkout
 */
public record Versions(@Nullable String commit, String mongodbDriver, String kafkaClients) {

    private static final Pattern JAR = Pattern.compile("[^/]*?-(\\d[^/]*)\\.jar");
    private static final String UNKNOWN = "unknown";

    /** @param root the checkout */
    public static Versions of(Path root) {
        return new Versions(commit(root), version(MongoClient.class), version(Consumer.class));
    }

    String described() {
        return "commit " + (commit == null ? UNKNOWN : commit) + ", MongoDB driver " + mongodbDriver
                + ", Kafka clients " + kafkaClients;
    }

    private static String version(Class<?> ofLibrary) {
        Path jar = Path.of(
                ofLibrary.getProtectionDomain().getCodeSource().getLocation().getPath());
        Matcher named = JAR.matcher(String.valueOf(jar.getFileName()));
        return named.matches() ? named.group(1) : UNKNOWN;
    }

    private static @Nullable String commit(Path root) {
        String head = git(root, "rev-parse", "--short=10", "HEAD");
        String changed = git(root, "status", "--porcelain", "--untracked-files=no");
        return head == null ? null : head + (changed == null || changed.isEmpty() ? "" : "+");
    }

    /** What it prints; null if there is no git, or no checkout. */
    private static @Nullable String git(Path root, String... arguments) {
        ProcessBuilder git = new ProcessBuilder("git", "-C", root.toString());
        git.command().addAll(List.of(arguments));
        try {
            Process process = git.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return process.waitFor() == 0 ? printed : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserFacingException("Interrupted while the bench looked for its commit", e);
        }
    }
}
