package dev.gimbal.dataset;

import dev.gimbal.bundle.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The dishes of [DrawnRecipes] in the published layout of Recipe1M.
public final class DrawnRecipe1M {
    private DrawnRecipe1M() {}

    /// Writes both layers and the images.
    public static Path write(Path folder, int pairs, long seed) throws IOException {
        Path drawn = DrawnRecipes.write(folder.resolve("drawn"), pairs, seed);
        List<Object> recipes = new ArrayList<>();
        List<Object> images = new ArrayList<>();
        for (RecipeFile.Row row : new RecipeFile(drawn).read()) {
            String image = row.id() + row.image().getFileName();
            Path place =
                    folder.resolve(
                            "images/%c/%c/%c/%c/%s"
                                    .formatted(
                                            image.charAt(0),
                                            image.charAt(1),
                                            image.charAt(2),
                                            image.charAt(3),
                                            image));
            Files.createDirectories(place.getParent());
            Files.copy(row.image(), place);
            recipes.add(
                    Map.of(
                            "id",
                            row.id(),
                            "partition",
                            Recipe1MLayers.partition(row.split()),
                            "title",
                            row.text().title(),
                            "ingredients",
                            texts(row.text().ingredients()),
                            "instructions",
                            texts(row.text().instructions())));
            images.add(Map.of("id", row.id(), "images", List.of(Map.of("id", image))));
        }
        Files.writeString(folder.resolve("layer1.json"), Json.MAPPER.writeValueAsString(recipes));
        Files.writeString(folder.resolve("layer2.json"), Json.MAPPER.writeValueAsString(images));
        return folder;
    }

    private static List<Map<String, String>> texts(List<String> lines) {
        return lines.stream().map(line -> Map.of("text", line)).toList();
    }
}
