package dev.gimbal.dataset;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/// A recipe folder of drawn dishes for tests: one of six coloured foods, round or in strips, on a
/// plate, and a text that names the food and how it was cut.
public final class DrawnRecipes {
    private static final List<String> FOODS =
            List.of("tomato", "spinach", "carrot", "blueberry", "cocoa", "corn");
    private static final List<Color> COLOURS =
            List.of(
                    new Color(200, 30, 30),
                    new Color(40, 120, 40),
                    new Color(240, 130, 20),
                    new Color(50, 50, 140),
                    new Color(90, 55, 30),
                    new Color(240, 210, 60));
    private static final String HEADER = "id\tsplit\ttitle\ttags\tingredients\tinstructions\timage";

    private DrawnRecipes() {}

    /// Writes `recipes.tsv` and the images; six of ten pairs are for training.
    public static Path write(Path folder, int pairs, long seed) throws IOException {
        Random random = new Random(seed);
        Files.createDirectories(folder.resolve("images"));
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int i = 0; i < pairs; i++) {
            int food = i % FOODS.size();
            boolean strips = i / FOODS.size() % 2 == 1;
            String id = "d%03d".formatted(i);
            String split = i / 12 % 5 < 3 ? "train" : i / 12 % 5 < 4 ? "val" : "test";
            ImageIO.write(
                    drawn(food, strips, random),
                    "png",
                    folder.resolve("images").resolve(id + ".png").toFile());
            lines.add(
                    String.join(
                            "\t",
                            id,
                            split,
                            (strips ? "Striped " : "Round ") + FOODS.get(food),
                            "",
                            "2 cups " + FOODS.get(food) + " | salt | water",
                            strips
                                    ? "Cut the %s into ribbons. | Serve.".formatted(FOODS.get(food))
                                    : "Roll the %s into balls. | Serve.".formatted(FOODS.get(food)),
                            "images/" + id + ".png"));
        }
        Files.write(folder.resolve("recipes.tsv"), lines);
        return folder;
    }

    private static BufferedImage drawn(int food, boolean strips, Random random) {
        BufferedImage image = new BufferedImage(80, 80, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        int light = 200 + random.nextInt(40);
        g.setColor(new Color(light, light, light - random.nextInt(30)));
        g.fillRect(0, 0, 80, 80);
        g.setColor(COLOURS.get(food));
        int x = random.nextInt(8);
        int y = random.nextInt(8);
        for (int i = 0; i < 5; i++) {
            if (strips) {
                g.fillRect(12 + x, 12 + y + 10 * i, 50, 5);
            } else {
                g.fillOval(14 + x + i % 2 * 25, 8 + y + i * 11, 22, 16);
            }
        }
        g.dispose();
        return image;
    }
}
