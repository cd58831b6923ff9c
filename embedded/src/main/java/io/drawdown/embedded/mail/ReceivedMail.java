package io.drawdown.embedded.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A mail that came. */
public record ReceivedMail(String to, String subject, String text, String messageId) {

    /** All that an {@link EmbeddedMail} has kept in that folder, the oldest first; none if there is no such folder. */
    public static List<ReceivedMail> in(Path folder) {
        return Files.isDirectory(folder)
                ? MailFolder.files(folder).stream().map(ReceivedMail::read).toList()
                : List.of();
    }

    private static ReceivedMail read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MimeMessage message = new MimeMessage(null, in);
            return new ReceivedMail(
                    message.getHeader("To", ","),
                    String.valueOf(message.getSubject()),
                    String.valueOf(message.getContent()).replace("\r\n", "\n").strip(),
                    String.valueOf(message.getMessageID()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(file + " is no mail", e);
        }
    }
}
