package dev.gimbal.command;

import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `gimbal name`: gives the factors of a bundle names that people understand. Its fingerprint
/// stays, so no vector becomes invalid.
///
/// With `--suggest` a running service says what changes along each factor of a collection's model;
/// only factors without a name take the suggestion, and names given here win.
@Command(
        name = "name",
        description = "Names the factors of a bundle.",
        mixinStandardHelpOptions = true)
final class NameCommand implements Callable<Integer> {
    @Mixin private RemoteService service = new RemoteService();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "BUNDLE",
            description = "folder of the bundle; may be left out with --suggest, which then prints")
    private @Nullable Path folder;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "OLD=NEW",
            description = "a factor's present name and its new one")
    private Map<String, String> names = Map.of();

    @Option(
            names = "--suggest",
            paramLabel = "COLLECTION",
            description =
                    "collection of the running service, whose texts and attributes suggest names")
    private @Nullable String suggest;

    @Option(
            names = "--target",
            description = "modality that factors lead to, where a model leads both ways")
    private @Nullable String target;

    @Override
    public Integer call() throws IOException {
        if (suggest == null && (folder == null || names.isEmpty())) {
            throw new IllegalArgumentException(
                    "give a BUNDLE and OLD=NEW names, or --suggest COLLECTION");
        }
        ModelBundle bundle = folder == null ? null : ModelBundle.read(folder);
        if (suggest != null && bundle != null) {
            requireSearchedBy(bundle, suggest);
        }
        Map<String, String> suggested = suggest == null ? Map.of() : suggested(suggest);
        if (folder != null && bundle != null) {
            new ModelBundle(renamed(bundle.manifest(), suggested), bundle.weights())
                    .writeManifest(folder);
        }
        return 0;
    }

    /// Suggested names by present ones, for factors that nobody has named; printed with the words
    /// that they come from.
    private Map<String, String> suggested(String collection) throws IOException {
        String query = target == null ? "" : "?target=" + RemoteService.encode(target);
        JsonNode answer =
                service.get(
                        "/v1/collections/" + RemoteService.encode(collection) + "/factors" + query);
        target = answer.path("target").asString();
        Map<String, String> suggested = new HashMap<>();
        Set<String> taken = new HashSet<>(names.values());
        for (JsonNode factor : answer.path("factors")) {
            if (factor.path("named").asBoolean()) {
                taken.add(factor.path("name").asString());
            }
        }
        for (JsonNode factor : answer.path("factors")) {
            String present = factor.path("name").asString();
            boolean named = factor.path("named").asBoolean();
            String name = named ? present : distinct(factor, taken);
            System.out.printf(
                    "%s=%s%s%n  low:  %s%n  high: %s%n",
                    present,
                    names.getOrDefault(present, name),
                    named ? " (named already)" : "",
                    words(factor.path("low")),
                    words(factor.path("high")));
            if (!named) {
                suggested.put(present, name);
            }
        }
        return suggested;
    }

    private static String distinct(JsonNode factor, Set<String> taken) {
        String found = factor.path("suggestion").asString();
        String present = factor.path("name").asString();
        String name = taken.add(found) ? found : found + " (" + present + ")";
        return name.length() <= LatentSpace.LONGEST ? name : present;
    }

    private static String words(JsonNode words) {
        StringBuilder text = new StringBuilder();
        for (JsonNode word : words) {
            text.append(text.isEmpty() ? "" : ", ").append(word.path("word").asString());
        }
        return text.isEmpty() ? "-" : text.toString();
    }

    /// Suggestions are of the factors of the model that searches the collection, and of no others.
    private void requireSearchedBy(ModelBundle bundle, String collection) throws IOException {
        String model =
                service.get("/v1/collections/" + RemoteService.encode(collection))
                        .path("model")
                        .asString("");
        if (!model.equals(bundle.fingerprint())) {
            throw new BadInputException(
                    "bundle",
                    String.valueOf(folder),
                    "is model %s, and collection '%s' is searched by %s, whose factors are others"
                            .formatted(
                                    ModelBundle.shortened(bundle.fingerprint()),
                                    collection,
                                    model.isEmpty() ? "none" : ModelBundle.shortened(model)));
        }
    }

    private Manifest renamed(Manifest manifest, Map<String, String> suggested) {
        List<LatentSpace> spaces = manifest.latentSpaces();
        for (String old : names.keySet()) {
            if (spaces.stream().noneMatch(space -> has(space, old))) {
                throw new IllegalArgumentException("the bundle has no factor '" + old + "'");
            }
        }
        return manifest.withLatentSpaces(
                spaces.stream().map(space -> renamed(space, suggested)).toList());
    }

    private LatentSpace renamed(LatentSpace space, Map<String, String> suggested) {
        Map<String, @Nullable String> given = new LinkedHashMap<>();
        if (space.target().equals(target)) {
            given.putAll(suggested);
        }
        given.putAll(names);
        given.keySet().removeIf(old -> !has(space, old));
        return space.renamed(given, "factors");
    }

    private static boolean has(LatentSpace space, String name) {
        return space.factors().stream().anyMatch(factor -> factor.name().equals(name));
    }
}
