package dev.gimbal.command;

import dev.gimbal.bundle.BundleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// What went wrong outside of the program, in words that a person can act on.
final class OutsideFault {
    private OutsideFault() {}

    /// @return empty for a fault of the program itself, which shows where it lies
    static Optional<String> words(Exception fault) {
        return switch (fault) {
            case UncheckedIOException e -> Optional.of(unchecked(e));
            case FileSystemException e -> Optional.of(e.getFile() + ": " + reason(e));
            case IOException e -> Optional.of(reason(e));
            case JacksonException e ->
                    Optional.of("a file or an answer is not JSON as it should be: " + at(e));
            case IllegalArgumentException e -> Optional.of(String.valueOf(e.getMessage()));
            case BundleException e -> Optional.of(String.valueOf(e.getMessage()));
            default -> Optional.empty();
        };
    }

    /// Its own words, which name the file, and the reason behind them.
    private static String unchecked(UncheckedIOException fault) {
        IOException cause = Objects.requireNonNull(fault.getCause());
        String own = String.valueOf(fault.getMessage());
        return own.equals(cause.toString()) ? words(cause).orElse(own) : own + ": " + reason(cause);
    }

    private static String reason(IOException fault) {
        return switch (fault) {
            case NoSuchFileException _ -> "does not exist";
            case AccessDeniedException _ -> "must not be read or written: permission denied";
            case FileAlreadyExistsException _ -> "exists already";
            case NotDirectoryException _ -> "is no folder";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            case CharacterCodingException _ -> "is not text in UTF-8";
            default -> fault.getMessage() == null ? fault.toString() : fault.getMessage();
        };
    }

    private static String at(JacksonException fault) {
        return fault.getOriginalMessage()
                + " (line %d, column %d)"
                        .formatted(
                                fault.getLocation().getLineNr(), fault.getLocation().getColumnNr());
    }
}
