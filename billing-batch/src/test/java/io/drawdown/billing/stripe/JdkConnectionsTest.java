package io.drawdown.billing.stripe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A POST is sent once, or the process finds out. Each test needs a process in which no HTTP client has been used before. */
class JdkConnectionsTest {

    /** What the other process runs. */
    static final class Main {

        private Main() {}

        public static void main(String... arguments) {
            switch (arguments[0]) {
                case "used" -> System.out.println("sent " + JdkConnections.timesAPostIsSent());
                case "kept" -> System.out.println("six are kept: " + KeptConnections.areKept(6));
                default -> {}
            }
            try {
                JdkConnections.require(64);
                System.out.println("required, sent " + JdkConnections.timesAPostIsSent());
            } catch (IllegalStateException refused) {
                System.out.println("refused");
            }
        }
    }

    private static List<String> said(String argument, String... options) throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        Stream.of(options),
                        Stream.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), argument))
                .flatMap(each -> each)
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output.lines().toList();
    }

    @Test
    void aPostIsSentOnceHoweverTheProcessWasStarted() throws Exception {
        // When, then
        assertThat(said("new")).containsExactly("required, sent 1");
        assertThat(said("new", "-Dsun.net.http.retryPost=true")).containsExactly("required, sent 1");
    }

    @Test
    void aProcessThatWouldSendItTwiceIsRefused() throws Exception {
        // When, then: the client has read its settings before
        assertThat(said("used")).containsExactly("sent 2", "refused");
        assertThat(said("used", "-Dsun.net.http.retryPost=false")).containsExactly("sent 1", "required, sent 1");
    }

    @Test
    void aProcessThatKeepsTooFewConnectionsIsRefused() throws Exception {
        // When, then: the client has read its settings before
        String once = "-Dsun.net.http.retryPost=false";
        assertThat(said("kept", once)).containsExactly("six are kept: false", "refused");
        assertThat(said("kept", once, "-Dhttp.maxConnections=64"))
                .containsExactly("six are kept: true", "required, sent 1");
    }
}
