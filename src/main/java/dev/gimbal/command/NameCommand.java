package dev.gimbal.command;

import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
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
        Map<String, String> suggested = suggest == null ? Map.of() : suggested(suggest);
        if (folder != null) {
            rename(folder, suggested);
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
            String present = factor.path("name").asString();
            String found = factor.path("suggestion").asString();
            String name = taken.add(found) ? found : found + " (" + present + ")";
            System.out.printf(
                    "%s=%s%s%n  low:  %s%n  high: %s%n",
                    present,
                    names.getOrDefault(present, name),
                    factor.path("named").asBoolean() ? " (named already)" : "",
                    words(factor.path("low")),
                    words(factor.path("high")));
            if (!factor.path("named").asBoolean()) {
                suggested.put(present, name);
            }
        }
        return suggested;
    }

    private static String words(JsonNode words) {
        StringBuilder text = new StringBuilder();
        for (JsonNode word : words) {
            text.append(text.isEmpty() ? "" : ", ").append(word.path("word").asString());
        }
        return text.isEmpty() ? "-" : text.toString();
    }

    private void rename(Path bundle, Map<String, String> suggested) throws IOException {
        ModelBundle read = ModelBundle.read(bundle);
        List<LatentSpace> spaces = read.manifest().latentSpaces();
        for (String old : names.keySet()) {
            if (spaces.stream()
                    .flatMap(s -> s.factors().stream())
                    .noneMatch(f -> f.name().equals(old))) {
                throw new IllegalArgumentException("the bundle has no factor '" + old + "'");
            }
        }
        List<LatentSpace> renamed =
                spaces.stream()
                        .map(space ->
                                new LatentSpace(
                                        space.queries(),
                                        space.target(),
                                        space.factors().stream()
                                                .map(f -> rename(f, space, suggested))
                                                .toList()))
                        .toList();
        new ModelBundle(read.manifest().withLatentSpaces(renamed), read.weights()).write(bundle);
    }

    private Factor rename(Factor factor, LatentSpace space, Map<String, String> suggested) {
        String old = factor.name();
        String otherwise = space.target().equals(target) ? suggested.getOrDefault(old, old) : old;
        return factor.named(names.getOrDefault(old, otherwise));
    }
}
