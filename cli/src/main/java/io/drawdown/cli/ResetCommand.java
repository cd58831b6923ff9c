package io.drawdown.cli;

import io.drawdown.cli.files.FileFault;
import io.drawdown.cli.process.ProcessFile;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.stack.StackLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Removes the files of the stack. */
@Command(name = "reset", description = "Remove the data, logs and keys of the local stack; refused while it runs.")
final class ResetCommand implements Runnable {

    @Override
    public void run() {
        Stack stack = Stack.ofThisProcess();
        try (StackLock lock = StackLock.take(stack.home())) {
            List<ProcessFile.Left> left = ProcessFile.in(stack.home());
            if (!left.isEmpty()) {
                throw new UserFacingException("Processes of a killed stack still run: " + ProcessFile.list(left)
                        + "; './drawdown down' stops them");
            }
            for (Path folder : List.of(stack.dataFolder(), stack.logsFolder(), stack.keysFolder())) {
                if (Files.exists(folder)) {
                    delete(folder);
                    System.out.println("Removed " + folder);
                }
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be removed: " + FileFault.reasonOf(e), e);
        }
    }
}
