package dev.gimbal.command;

import dev.gimbal.dataset.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is searched with: a picture, a text, numbers, an item that is in the collection, or several
/// of them together. Shared by `@Mixin`.
final class QueryInput {
    @Option(names = "--collection", required = true, description = "what is searched")
    String collection = "";

    @Option(names = "--image", description = "PNG, JPEG or WebP file")
    private @Nullable Path image;

    @Option(names = "--text", description = "a sentence, or a recipe")
    private @Nullable String text;

    @Option(names = "--vector", description = "numbers, separated by commas")
    private @Nullable String vector;

    @Option(
            names = "--modality",
            description =
                    "what --image, --text or --vector is one of, where the model takes several of"
                            + " its kind")
    private @Nullable String modality;

    @Option(names = "--item", description = "id of an item of the collection")
    private @Nullable String item;

    @Option(names = "--target", description = "modality of the hits; default: the other one")
    private @Nullable String target;

    @Option(
            names = "--filter",
            description = "on attributes, as JSON such as {\"scale\":{\"gte\":0.6}}")
    private @Nullable String filter;

    @Option(names = "-k", defaultValue = "10", description = "hits (${DEFAULT-VALUE})")
    private int k;

    @Option(names = "--steer", defaultValue = "latent", description = "latent or offset")
    private String steer = "latent";

    /// The request's body so far.
    ObjectNode body() throws IOException {
        ObjectNode body = RemoteService.JSON.createObjectNode();
        ArrayNode parts = body.putArray("query");
        if (image != null) {
            byte[] picture = Files.readAllBytes(BadInputException.requireFile("image", image));
            parts.addObject().put("image", Base64.getEncoder().encodeToString(picture));
        }
        if (text != null) {
            parts.addObject().put("text", text);
        }
        if (vector != null) {
            ArrayNode numbers = parts.addObject().putArray("vector");
            Arrays.stream(vector.split(",", -1))
                    .forEach(number -> numbers.add(finite(number.strip())));
        }
        if (modality != null) {
            named(parts, modality);
        }
        if (item != null) {
            parts.addObject().put("itemId", item);
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "give one or more of --image, --text, --vector and --item");
        }
        if (target != null) {
            body.put("target", target);
        }
        if (filter != null) {
            body.set("filter", json(filter));
        }
        return body.put("k", k).put("steer", steer);
    }

    private static void named(ArrayNode parts, String modality) {
        if (parts.size() != 1) {
            throw new BadInputException(
                    "modality", modality, "says what one of --image, --text and --vector is");
        }
        parts.forEach(part -> ((ObjectNode) part).put("modality", modality));
    }

    private static float finite(String number) {
        try {
            float value = Float.parseFloat(number);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException _) {
            // refused below, as what is not finite is
        }
        throw new BadInputException(
                "vector", number, "is no finite number; it takes numbers separated by commas");
    }

    private static JsonNode json(String text) {
        try {
            return RemoteService.JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("--filter is not JSON: " + e.getOriginalMessage());
        }
    }

    /// Path of one of the collection's calls.
    String path(String call) {
        return "/v1/collections/" + RemoteService.encode(collection) + "/" + call;
    }
}
