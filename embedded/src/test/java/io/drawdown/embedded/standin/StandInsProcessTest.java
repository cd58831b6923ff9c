package io.drawdown.embedded.standin;

import io.drawdown.embedded.ServerChild;
import io.drawdown.embedded.kafka.FreePort;
import io.drawdown.embedded.mail.ReceivedMail;
import io.vertx.core.json.JsonObject;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** The stand-ins as the local stack starts them. */
class StandInsProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final int stripe = FreePort.find();
    private final int slack = FreePort.find();
    private final int mail = FreePort.find();

    private ServerChild startAll() throws Exception {
        return ServerChild.start(StandInsMain.class, folder, "stripe", stripe, "slack", slack, "mail", mail);
    }

    @Test
    void whatWasTakenIsThereAfterAKill() throws Exception {
        // Given
        try (ServerChild server = startAll()) {
            assertThat(post(slack, "/services/T1/secret", "{\"text\":\"hello\"}"))
                    .isEqualTo("ok");
            send("ada@example.com", "One", "line one\nline two\n");
            await().atMost(PATIENCE)
                    .until(() -> ReceivedMail.in(folder.resolve("mail")).size() == 1);
            assertThat(get(stripe, "/_oracle/charges")).contains("\"count\":0");

            // When
            server.kill();
        }

        // Then
        try (ServerChild server = startAll()) {
            send("ada@example.com", "Two", "later\n");
            await().atMost(PATIENCE)
                    .until(() -> ReceivedMail.in(folder.resolve("mail")).size() == 2);
            assertThat(ReceivedMail.in(folder.resolve("mail")))
                    .extracting(ReceivedMail::to, ReceivedMail::subject, ReceivedMail::text)
                    .containsExactly(
                            tuple("ada@example.com", "One", "line one\nline two"),
                            tuple("ada@example.com", "Two", "later"));
            assertThat(new JsonObject(get(slack, "/_oracle/messages")).getInteger("count"))
                    .isOne();
            assertThat(server.stop()).isTrue();
        }
    }

    @Test
    void aLineThatAKillHasCutOffIsForgotten() throws Exception {
        // Given
        Path journal = Files.createDirectories(folder.resolve("slack")).resolve("slack.jsonl");
        Files.writeString(journal, "{\"ts\":\"1.000001\",\"channel\":\"C1\",\"text\":\"whole\"}\n{\"ts\":\"1.0000");

        // When
        try (ServerChild server = ServerChild.start(StandInsMain.class, folder, "slack", slack)) {

            // Then
            assertThat(new JsonObject(get(slack, "/_oracle/messages")).getInteger("count"))
                    .isOne();
            assertThat(server.stop()).isTrue();
        }
    }

    @Test
    void takenPortIsNamed() throws Exception {
        // Given
        try (ServerChild first = ServerChild.start(StandInsMain.class, folder.resolve("a"), "mail", mail)) {

            // When // Then
            assertThatThrownBy(() -> ServerChild.start(StandInsMain.class, folder.resolve("b"), "mail", mail))
                    .hasMessageContaining("The mail server could not start: port " + mail + " is taken");
            assertThat(first.stop()).isTrue();
        }
    }

    private static String get(int port, String path) throws Exception {
        return send(HttpRequest.newBuilder(address(port, path)));
    }

    private static String post(int port, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(address(port, path)).POST(BodyPublishers.ofString(body)));
    }

    private static URI address(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private void send(String to, String subject, String text) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("mail.smtp.host", "127.0.0.1");
        settings.setProperty("mail.smtp.port", String.valueOf(mail));
        settings.setProperty("mail.smtp.timeout", String.valueOf(PATIENCE.toMillis()));
        MimeMessage message = new MimeMessage(Session.getInstance(settings));
        message.setFrom(new InternetAddress("billing@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject);
        message.setText(text);
        Transport.send(message);
    }
}
