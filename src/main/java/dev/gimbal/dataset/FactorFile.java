package dev.gimbal.dataset;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Reads true factors: a matrix file, whose columns are then called `factor-1`, `factor-2`, ..., or
/// a `.csv` of numbers whose first line names them.
final class FactorFile {
    private FactorFile() {}

    /// @throws BadInputException naming file and line when something is not a number
    static FactorTable read(Path file) {
        if (file.getFileName().toString().endsWith(".csv")) {
            return csv(TextFile.lines("file", file), file);
        }
        float[][] values = MatrixFile.read(file, "factors");
        return new FactorTable(
                IntStream.rangeClosed(1, values[0].length).mapToObj(k -> "factor-" + k).toList(),
                values);
    }

    private static FactorTable csv(List<String> lines, Path file) {
        if (lines.size() < 2) {
            throw new BadInputException("file", file, "needs a header and at least one row");
        }
        List<String> names = Arrays.stream(cells(lines.getFirst())).toList();
        float[][] values = new float[lines.size() - 1][];
        for (int i = 0; i < values.length; i++) {
            values[i] = row(cells(lines.get(i + 1)), names.size(), i, file);
        }
        return new FactorTable(names, values);
    }

    private static float[] row(String[] cells, int columns, int row, Path file) {
        if (cells.length != columns) {
            throw new BadInputException(
                    "file",
                    file,
                    "line %d has %d cells, the header %d"
                            .formatted(row + 2, cells.length, columns));
        }
        float[] values = new float[columns];
        for (int j = 0; j < columns; j++) {
            try {
                values[j] = Float.parseFloat(cells[j]);
            } catch (NumberFormatException e) {
                throw new BadInputException(
                        "file",
                        file,
                        "line %d, cell %d is no number: '%s'".formatted(row + 2, j + 1, cells[j]));
            }
            MatrixFile.requireFinite(values[j], row, j, file);
        }
        return values;
    }

    private static String[] cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toArray(String[]::new);
    }
}
