package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.ContentHash;
import dev.gimbal.dataset.Modality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;

/// House numbers, 32 x 32 in colour, each picture centred on a digit (Netzer et al. 2011): format
/// 2, `train_32x32.mat` and `test_32x32.mat`.
///
/// A file holds `X`, `[32, 32, 3, N]` unsigned bytes in Matlab's order (first axis fastest), and
/// `y`, `[N, 1]`, in which 10 stands for the digit 0.
final class Svhn {
    static final Modality MODALITY = Modality.image("svhn", 3, 32, 32);
    private static final int SIDE = 32;
    private static final int CHANNELS = 3;
    private static final int TEN = 10;

    private Svhn() {}

    /// Reads the folder's two files; the end of the training file is for validation.
    ///
    /// @throws BadInputException naming the file that is missing or not of this layout
    static DigitModality read(Path folder) {
        Path train = folder.resolve("train_32x32.mat");
        Path test = folder.resolve("test_32x32.mat");
        LabelledBytes first = file(train);
        LabelledBytes second = file(test);
        ContentHash hash = new ContentHash();
        hash.add("svhn/1");
        hash.add(train);
        hash.add(test);
        return StoredDigits.of(MODALITY, first, second, hash.hex());
    }

    private static LabelledBytes file(Path file) {
        BadInputException.requireFile("file", file);
        try (MatFile content = Mat5.readFromFile(file.toFile())) {
            return digits(content.getMatrix("X"), content.getMatrix("y"), file);
        } catch (BadInputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // the library says what is wrong by many kinds of exceptions
            throw new BadInputException(
                    "file", file, "is no Matlab file with arrays X and y: " + e.getMessage());
        }
    }

    private static LabelledBytes digits(Matrix pictures, Matrix labels, Path file) {
        int[] shape = pictures.getDimensions();
        boolean fits =
                shape.length == 4
                        && Arrays.equals(Arrays.copyOf(shape, 3), new int[] {SIDE, SIDE, CHANNELS});
        if (!fits || labels.getNumElements() != shape[3]) {
            throw new BadInputException(
                    "file",
                    file,
                    "X is %s and y has %d entries, expected [32, 32, 3, N] and N"
                            .formatted(Arrays.toString(shape), labels.getNumElements()));
        }
        byte[] digits = new byte[shape[3]];
        for (int i = 0; i < digits.length; i++) {
            int label = labels.getInt(i);
            digits[i] = (byte) (label == TEN ? 0 : label);
        }
        return new LabelledBytes(pixels(pictures), digits, MODALITY.size(), file);
    }

    /// `[row, column, channel, picture]`, first axis fastest, to `[picture][channel][row][column]`.
    private static byte[] pixels(Matrix pictures) {
        byte[] pixels = new byte[pictures.getNumElements()];
        for (int i = 0; i < pixels.length; i++) {
            int row = i % SIDE;
            int column = i / SIDE % SIDE;
            int plane = i / (SIDE * SIDE);
            pixels[(plane * SIDE + row) * SIDE + column] = pictures.getByte(i);
        }
        return pixels;
    }
}
