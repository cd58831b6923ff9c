package io.drawdown.cli.stack;

import io.drawdown.cli.files.FileFault;
import io.drawdown.cli.process.UserFacingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a home folder, held by the process that runs its stack. It is a lock of the operating system, so a killed
 * supervisor leaves none behind. The file only shows the process id.
 */
public final class StackLock implements AutoCloseable {

    private final FileChannel channel;

    private StackLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock; fails with a one-line message if another process has it. */
    public static StackLock take(Path home) {
        try {
            Files.createDirectories(home);
            FileChannel channel = open(home);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String owner = read(channel);
                channel.close();
                throw new UserFacingException("The stack in " + home + " is already running (process " + owner
                        + "): see './drawdown status', end it with './drawdown down'");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new StackLock(channel);
        } catch (IOException e) {
            throw new UserFacingException(
                    "The folder " + home + " (DRAWDOWN_HOME) cannot be used: " + FileFault.reasonOf(e), e);
        }
    }

    /** The process that runs the stack of this home folder, if any. */
    public static Optional<ProcessHandle> owner(Path home) {
        if (!Files.exists(file(home))) {
            return Optional.empty();
        }
        try (FileChannel channel = open(home)) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return Optional.empty();
            }
            String pid = read(channel);
            return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
        } catch (IOException e) {
            throw new UserFacingException("The lock in " + home + " cannot be read: " + FileFault.reasonOf(e), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.truncate(0);
            channel.close();
        } catch (IOException e) {
            throw new UserFacingException("The lock cannot be released: " + FileFault.reasonOf(e), e);
        }
    }

    private static FileChannel open(Path home) throws IOException {
        return FileChannel.open(
                file(home), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ownedByThisProcess) {
            return null;
        }
    }

    private static Path file(Path home) {
        return home.resolve("lock");
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    }
}
