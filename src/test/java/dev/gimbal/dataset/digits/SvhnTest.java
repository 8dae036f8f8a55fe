package dev.gimbal.dataset.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;

class SvhnTest {
    @TempDir private Path folder;

    @Test
    void picturesHaveChannelsFirstAndRowsDown() throws IOException {
        DigitModality svhn = Svhn.read(DigitFolders.svhn(folder, 240, 20));

        // entry [row, column, channel, picture] was row + 40 channel + picture
        float[] picture = svhn.values(Split.TRAIN, 7);
        for (int i = 0; i < picture.length; i++) {
            int row = i / 32 % 32;
            assertThat(picture[i]).isEqualTo((row + 40 * (i / 1024) + 7) / 255f);
        }
    }

    @Test
    void tenStandsForZero() throws IOException {
        DigitModality svhn = Svhn.read(DigitFolders.svhn(folder, 240, 20));

        for (int i = 0; i < 20; i++) {
            assertThat(svhn.digit(Split.TEST, i)).isEqualTo(i % 10);
        }
    }

    @Test
    void theLastTwelfthIsForValidation() throws IOException {
        DigitModality svhn = Svhn.read(DigitFolders.svhn(folder, 240, 20));

        assertThat(svhn.size(Split.TRAIN)).isEqualTo(220);
        assertThat(svhn.size(Split.VALIDATION)).isEqualTo(20);
        assertThat(svhn.values(Split.VALIDATION, 0)[0]).isEqualTo((220 % 100) / 255f);
    }

    @Test
    void filesThatDoNotFitAreNamed() throws IOException {
        DigitFolders.svhn(folder, 20, 20);
        Path test = folder.resolve("test_32x32.mat");
        Files.writeString(test, "hello");
        assertRefused("test_32x32.mat", "no Matlab file");
        Matrix labels = Mat5.newMatrix(3, 1, MatlabType.UInt8);
        Matrix small = Mat5.newMatrix(new int[] {28, 28, 3, 3}, MatlabType.UInt8);
        Mat5.writeToFile(Mat5.newMatFile().addArray("y", labels), test.toFile());
        assertRefused("test_32x32.mat", "arrays X and y");
        Mat5.writeToFile(
                Mat5.newMatFile().addArray("X", small).addArray("y", labels), test.toFile());
        assertRefused("test_32x32.mat", "[28, 28, 3, 3]");
        Matrix fitting = Mat5.newMatrix(new int[] {32, 32, 3, 3}, MatlabType.UInt8);
        labels.setInt(1, 11);
        Mat5.writeToFile(
                Mat5.newMatFile().addArray("X", fitting).addArray("y", labels), test.toFile());
        assertRefused("test_32x32.mat", "label 1 is 11");
        Files.delete(test);
        assertRefused("test_32x32.mat", "does not exist");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> Svhn.read(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(parts);
    }
}
