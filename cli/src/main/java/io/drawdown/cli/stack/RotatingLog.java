package io.drawdown.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A log file that never takes more than twice its limit: when it is full it becomes the older one. */
final class RotatingLog implements AutoCloseable {

    private final Path file;
    private final Path older;
    private final long limitBytes;
    private Writer writer;
    private long written;

    RotatingLog(Path file, long limitBytes) {
        this.file = file;
        this.older = file.resolveSibling(file.getFileName() + ".1");
        this.limitBytes = limitBytes;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            written = Files.exists(file) ? Files.size(file) : 0;
            writer = open();
        } catch (IOException e) {
            throw new StackException("The log " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    synchronized void add(String line) {
        try {
            if (written + line.length() > limitBytes && written > 0) {
                writer.close();
                Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
                writer = open();
                written = 0;
            }
            writer.write(line);
            writer.write('\n');
            writer.flush();
            written += line.length() + 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }

    private Writer open() throws IOException {
        return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
