package dev.gimbal.embedding;

import ai.djl.engine.EngineException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// There was no memory for a computation. What it had taken is free again; others go on.
public final class NativeMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private NativeMemoryException(Throwable cause) {
        super("there is not enough memory for this computation now", cause);
    }

    /// Runs a computation, and tells a lack of memory by this exception.
    public static <T> T told(Supplier<T> computation) {
        try {
            return computation.get();
        } catch (RuntimeException e) {
            throw in(e).<RuntimeException>map(memory -> memory).orElse(e);
        } catch (OutOfMemoryError e) {
            throw new NativeMemoryException(e);
        }
    }

    /// What a failure comes to, if a lack of memory is behind it: PyTorch's on CPU or GPU, or
    /// Java's own.
    static Optional<NativeMemoryException> in(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof NativeMemoryException known) {
                return Optional.of(known);
            }
            if (t instanceof OutOfMemoryError || t instanceof EngineException && lacksMemory(t)) {
                return Optional.of(new NativeMemoryException(failure));
            }
        }
        return Optional.empty();
    }

    private static boolean lacksMemory(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("allocate memory") || message.contains("out of memory");
    }
}
