package io.drawdown.cli.process;

import io.drawdown.cli.files.FileFault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log file that never takes more than twice its limit: a full file replaces the older one. If it cannot be written, as on
 * a full disk, it drops lines, reports this once, and goes on when it can. It never fails its caller.
 */
final class RotatingLog implements AutoCloseable {

    private final Path file;
    private final Path older;
    private final long limitBytes;
    private final Consumer<String> problems;
    private @Nullable OutputStream output;
    private long written;
    private long dropped;

    /** @param problems gets a message when lines start to be dropped, and one when they are written again */
    RotatingLog(Path file, long limitBytes, Consumer<String> problems) {
        this.file = file;
        this.older = file.resolveSibling(file.getFileName() + ".1");
        this.limitBytes = limitBytes;
        this.problems = problems;
    }

    synchronized void add(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            write(bytes);
        } catch (IOException e) {
            giveUp();
            if (dropped++ == 0) {
                problems.accept("The log " + file + " cannot be written (" + FileFault.reasonOf(e)
                        + "); its lines are dropped until it can");
            }
            return;
        }
        if (dropped > 0) {
            problems.accept("The log " + file + " is written again; " + dropped + " lines were dropped");
            dropped = 0;
        }
    }

    private void write(byte[] bytes) throws IOException {
        OutputStream open = output == null ? open() : output;
        if (written + bytes.length > limitBytes && written > 0) {
            open.close();
            Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
            open = open();
        }
        open.write(bytes);
        written += bytes.length;
    }

    private OutputStream open() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        OutputStream opened = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        output = opened;
        written = Files.size(file);
        return opened;
    }

    /** Closes the file; the next line opens it again. */
    private void giveUp() {
        OutputStream open = output;
        output = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // nothing is buffered, so no more is lost than what was reported
            }
        }
    }

    @Override
    public synchronized void close() {
        giveUp();
    }
}
