package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;

/// Folders as the published data sets have them, of generated digits: label `i % 10`.
public final class DigitFolders {
    public static final int TRAIN = 240;
    public static final int TEST = 20;
    public static final int TAKES = 12;

    private DigitFolders() {}

    /// MNIST's four files: 240 pictures to train and validate, 20 to test.
    public static Path mnist(Path folder) throws IOException {
        Files.createDirectories(folder);
        DigitModality drawn = new DrawnDigits(new DigitCounts(TRAIN, 20, TEST), 1);
        write(folder, "train", drawn, Split.TRAIN);
        write(folder, "t10k", drawn, Split.TEST);
        return folder;
    }

    private static void write(Path folder, String name, DigitModality drawn, Split split)
            throws IOException {
        int n = drawn.size(split);
        ByteBuffer pixels = ByteBuffer.allocate(n * 784);
        byte[] labels = new byte[n];
        for (int i = 0; i < n; i++) {
            labels[i] = (byte) drawn.digit(split, i);
            for (float value : drawn.values(split, i)) {
                pixels.put((byte) Math.round(255 * value));
            }
        }
        idx(folder.resolve(name + "-images-idx3-ubyte.gz"), pixels.array(), n, 28, 28);
        idx(folder.resolve(name + "-labels-idx1-ubyte.gz"), labels, n);
    }

    /// Spectrograms of one speaker, 12 takes of each digit: a bar whose height is the digit's.
    public static Path speech(Path folder) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(1);
        byte[] values = new byte[TAKES * 10 * 1024];
        StringBuilder index = new StringBuilder("id\tsplit\tdigit\tspeaker\ttake\n");
        for (int i = 0; i < TAKES * 10; i++) {
            int digit = i % 10;
            int take = i / 10;
            for (int pixel = 0; pixel < 1024; pixel++) {
                int level = pixel / 32 / 3 == digit ? 200 : 40;
                values[i * 1024 + pixel] = (byte) (level + random.nextInt(40));
            }
            index.append(
                    "a%d\t%s\t%d\tann\t%d\n"
                            .formatted(i, take < 5 ? "test" : "train", digit, take));
        }
        idx(folder.resolve("spectrograms-32x32-idx3-ubyte.gz"), values, TAKES * 10, 32, 32);
        Files.writeString(folder.resolve("index.tsv"), index);
        return folder;
    }

    /// SVHN's two files of so many pictures: entry `[row, column, channel, picture]` is `row + 40
    /// channel + picture`.
    public static Path svhn(Path folder, int train, int test) throws IOException {
        Files.createDirectories(folder);
        svhn(folder.resolve("train_32x32.mat"), train);
        svhn(folder.resolve("test_32x32.mat"), test);
        return folder;
    }

    private static void svhn(Path file, int n) throws IOException {
        Matrix x = Mat5.newMatrix(new int[] {32, 32, 3, n}, MatlabType.UInt8);
        Matrix y = Mat5.newMatrix(n, 1, MatlabType.UInt8);
        for (int i = 0; i < n; i++) {
            y.setInt(i, i % 10 == 0 ? 10 : i % 10);
            for (int row = 0; row < 32; row++) {
                for (int column = 0; column < 32; column++) {
                    for (int channel = 0; channel < 3; channel++) {
                        x.setInt(new int[] {row, column, channel, i}, row + 40 * channel + i % 100);
                    }
                }
            }
        }
        Mat5.writeToFile(Mat5.newMatFile().addArray("X", x).addArray("y", y), file.toFile());
    }

    /// An IDX file of these bytes, packed where the name ends in `.gz`.
    public static Path idx(Path file, byte[] values, int... shape) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(4 + 4 * shape.length);
        header.putInt(8 << 8 | shape.length);
        for (int length : shape) {
            header.putInt(length);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(header.array());
        bytes.write(values);
        return Files.write(
                file,
                file.toString().endsWith(".gz")
                        ? packed(bytes.toByteArray())
                        : bytes.toByteArray());
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
