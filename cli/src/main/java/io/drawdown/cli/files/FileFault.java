package io.drawdown.cli.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The reason of a failed file access, in words. The platform often reports only the path. */
public final class FileFault {

    private FileFault() {}

    public static String reasonOf(IOException fault) {
        return switch (fault) {
            case AccessDeniedException denied -> "permission is missing";
            case NoSuchFileException absent -> "it does not exist";
            case FileAlreadyExistsException inTheWay -> "a file is in its place";
            case NotDirectoryException noFolder -> "it is not a folder";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(fault.getMessage());
        };
    }
}
