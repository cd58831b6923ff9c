package io.drawdown.embedded.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A folder with one file for each mail, numbered in the order in which they came. Thread-safe. */
final class MailFolder {

    static final String SUFFIX = ".eml";

    private final Path folder;
    private long count;

    private MailFolder(Path folder, long count) {
        this.folder = folder;
        this.count = count;
    }

    static MailFolder in(Path folder) {
        try {
            Files.createDirectories(folder);
            return new MailFolder(
                    folder,
                    files(folder).stream().mapToLong(MailFolder::number).max().orElse(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mail in it, the oldest first. */
    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('-')));
    }

    /** A reader sees all of the mail, or none of it. */
    synchronized void keep(MimeMessage message, String to) throws MessagingException {
        String safe = to.replaceAll("[^A-Za-z0-9.@+_-]", "_");
        Path file = folder.resolve(String.format(Locale.ROOT, "%06d-%s%s", count + 1, safe, SUFFIX));
        Path temporary = folder.resolve("incoming.tmp");
        try {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                message.writeTo(out);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            count++;
        } catch (IOException e) {
            throw new MessagingException("the mail cannot be kept", e);
        }
    }
}
