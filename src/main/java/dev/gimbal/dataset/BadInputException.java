package dev.gimbal.dataset;

import java.nio.file.Files;
import java.nio.file.Path;

/// Something that came from outside cannot be used: says which field (or file), its value, and why.
public final class BadInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String value;
    private final String reason;

    /// @param field where it came from, such as `image` or `x1 file`
    /// @param value the offending value, in short
    /// @param reason what is wrong with it, readable after the two
    public BadInputException(String field, Object value, String reason) {
        super(field + " (" + value + "): " + reason);
        this.field = field;
        this.value = String.valueOf(value);
        this.reason = reason;
    }

    /// A file that is there to be read, or a pipe.
    ///
    /// @param field where its name came from
    /// @throws BadInputException when there is none, it is a folder, or reading is not permitted
    public static Path requireFile(String field, Path file) {
        if (!Files.exists(file)) {
            throw new BadInputException(field, file, "does not exist");
        }
        if (Files.isDirectory(file)) {
            throw new BadInputException(field, file, "is a folder, where a file is needed");
        }
        if (!Files.isReadable(file)) {
            throw new BadInputException(field, file, "cannot be read: permission denied");
        }
        return file;
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String reason() {
        return reason;
    }
}
