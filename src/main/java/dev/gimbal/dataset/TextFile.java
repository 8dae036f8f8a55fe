package dev.gimbal.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Text from outside, in UTF-8.
public final class TextFile {
    /// What Excel and some editors put before a text that is saved as UTF-8.
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private TextFile() {}

    /// The lines of a file, without the byte order mark that it may begin with.
    ///
    /// @param field where the file's name came from
    /// @throws BadInputException when it is not there or is not UTF-8
    public static List<String> lines(String field, Path file) {
        BadInputException.requireFile(field, file);
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            if (!lines.isEmpty() && lines.getFirst().startsWith(BYTE_ORDER_MARK)) {
                lines.set(0, lines.getFirst().substring(BYTE_ORDER_MARK.length()));
            }
            return lines;
        } catch (CharacterCodingException e) {
            throw new BadInputException(field, file, "is not text in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
