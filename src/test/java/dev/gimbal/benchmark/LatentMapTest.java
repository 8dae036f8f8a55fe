package dev.gimbal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.benchmark.LatentMap.Group;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatentMapTest {
    @TempDir private Path folder;

    private static Group group(String modality, int n, long seed) {
        Random random = new Random(seed);
        float[][] latents = new float[n][2];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 2;
            latents[i][0] = 8 * labels[i] + (float) random.nextGaussian();
            latents[i][1] = (float) random.nextGaussian();
        }
        return new Group(modality, latents, labels);
    }

    @Test
    void groupsKeepTheirPlacesAndTheFigureShowsColours() throws IOException {
        LatentMap map =
                LatentMap.of(
                        List.of("even", "odd"),
                        List.of(group("mnist", 60, 1), group("street", 50, 2)),
                        1);

        assertThat(map.places()[0]).hasDimensions(60, 2);
        assertThat(map.places()[1]).hasDimensions(50, 2);
        Path file = folder.resolve("map.png");
        map.draw("Shared latents", file);
        BufferedImage image = ImageIO.read(file.toFile());
        int blue = 0;
        int orange = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y) & 0xffffff;
                blue += rgb == 0x1f77b4 ? 1 : 0;
                orange += rgb == 0xff7f0e ? 1 : 0;
            }
        }
        assertThat(blue).isGreaterThan(500);
        assertThat(orange).isGreaterThan(500);
    }

    @Test
    void labelsThatDoNotBelongAreRefused() {
        assertThatThrownBy(() -> new Group("mnist", new float[3][2], new int[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("3 latents", "mnist");
        assertThatThrownBy(() -> new LatentMap(List.of(), List.of(), new double[0][][]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
