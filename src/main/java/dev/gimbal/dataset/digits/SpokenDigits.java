package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.ContentHash;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.TextFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Spoken digits of the Free Spoken Digit Dataset as spectrograms: 32 mel bands, high ones first,
/// by 32 moments.
///
/// The folder holds `spectrograms-32x32-idx3-ubyte.gz` and `index.tsv`, whose columns `split`,
/// `digit` and `take` say what each is. The official test recordings (takes 0 to 4 of each speaker
/// and digit) are the test split, takes 5 to 9 are for validation, the others to train: every
/// speaker is in every split, no recording in two.
final class SpokenDigits {
    static final Modality MODALITY = Modality.image("speech", 1, 32, 32);
    private static final int FIRST_TRAINING_TAKE = 10;

    private SpokenDigits() {}

    /// One line of the index.
    private record Recording(Split split, byte digit) {}

    /// Reads the folder.
    ///
    /// @throws BadInputException naming the file, and where it applies the line, that is missing or
    ///   malformed
    static DigitModality read(Path folder) {
        Path spectrograms = IdxFile.in(folder, "spectrograms-32x32-idx3-ubyte");
        IdxFile values = IdxFile.read(spectrograms, 3);
        if (!values.shape().subList(1, 3).equals(List.of(32, 32))) {
            throw new BadInputException(
                    "file", spectrograms, "shape is " + values.shape() + ", expected [n, 32, 32]");
        }
        Path index = folder.resolve("index.tsv");
        List<Recording> recordings = recordings(index);
        byte[] digits = new byte[recordings.size()];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = recordings.get(i).digit;
        }
        LabelledBytes all = new LabelledBytes(values.values(), digits, MODALITY.size(), index);
        ContentHash hash = new ContentHash();
        hash.add("fsdd/1");
        hash.add(spectrograms);
        hash.add(index);
        return new StoredDigits(MODALITY, parts(all, recordings), hash.hex());
    }

    private static Map<Split, StoredDigits.Part> parts(
            LabelledBytes all, List<Recording> recordings) {
        Map<Split, StoredDigits.Part> parts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            int[] rows =
                    IntStream.range(0, recordings.size())
                            .filter(i -> recordings.get(i).split == split)
                            .toArray();
            parts.put(split, new StoredDigits.Part(all, rows));
        }
        return parts;
    }

    private static List<Recording> recordings(Path index) {
        List<String> lines = TextFile.lines("file", index);
        List<String> columns = lines.isEmpty() ? List.of() : cells(lines.getFirst());
        if (!columns.containsAll(List.of("split", "digit", "take"))) {
            throw new BadInputException(
                    "file", index, "has the columns " + columns + ", needs split, digit and take");
        }
        return IntStream.range(1, lines.size())
                .mapToObj(i -> recording(columns, lines.get(i), index, i + 1))
                .toList();
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.split("\t", -1));
    }

    private static Recording recording(List<String> columns, String line, Path index, int number) {
        List<String> cells = cells(line);
        try {
            boolean test = cells.get(columns.indexOf("split")).equals("test");
            byte digit = Byte.parseByte(cells.get(columns.indexOf("digit")));
            int take = Integer.parseInt(cells.get(columns.indexOf("take")));
            Split other = take < FIRST_TRAINING_TAKE ? Split.VALIDATION : Split.TRAIN;
            return new Recording(test ? Split.TEST : other, digit);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new BadInputException(
                    "file", index, "line %d is malformed: '%s'".formatted(number, line));
        }
    }
}
