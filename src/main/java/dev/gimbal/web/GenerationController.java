package dev.gimbal.web;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.ImageWriter;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.preprocessing.Tokens;
import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.store.ApiKey;
import dev.gimbal.traversal.Generation;
import dev.gimbal.traversal.GenerationSheet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Draws a modality that is missing from those that are there, by a generative model.
@RestController
@Requires(value = ApiKey.Scope.READ, boundKeysToo = true)
@RequestMapping("/v1/models/{model}/generations")
class GenerationController {
    private static final int WORDS = 20;

    private final ActiveModels models;

    GenerationController(ActiveModels models) {
        this.models = models;
    }

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    GenerationResponse generate(@PathVariable String model, @RequestBody GenerationRequest body) {
        Embedder embedder = models.named(model);
        Generation generation = read(embedder.manifest(), body);
        Generation.Result result = generation.run(embedder);
        return new GenerationResponse(
                embedder.bundle().fingerprint(),
                generation.target(),
                result.variants().getFirst().z(),
                result.variants().stream()
                        .map(variant -> variant(embedder.manifest(), generation.target(), variant))
                        .toList());
    }

    @PostMapping(produces = MediaType.IMAGE_PNG_VALUE)
    byte[] sheet(@PathVariable String model, @RequestBody GenerationRequest body) {
        Embedder embedder = models.named(model);
        Generation generation = read(embedder.manifest(), body);
        return GenerationSheet.of(embedder.manifest(), generation, generation.run(embedder)).png();
    }

    private static Generation read(Manifest manifest, GenerationRequest body) {
        Map<String, Value> observed = observed(manifest, body);
        double[] range = SweepFields.ends(body.range());
        return new Generation(
                origin(observed, body),
                target(manifest, body.target(), observed),
                Optional.ofNullable(body.variants()).orElse(1),
                present("offsets", body.offsets()),
                present("own", body.own()),
                body.step(),
                range[0],
                range[1],
                Optional.ofNullable(body.seed()).orElse(0L));
    }

    private static Generation.Origin origin(Map<String, Value> observed, GenerationRequest body) {
        float[] z = body.z();
        if (z == null) {
            return new Generation.Origin.Observed(observed);
        }
        if (!observed.isEmpty()) {
            throw new BadInputException("z", z.length + " numbers", "give inputs or z, not both");
        }
        return new Generation.Origin.Latent(z);
    }

    private static Map<String, Value> observed(Manifest manifest, GenerationRequest body) {
        List<@Nullable QueryPart> inputs = body.inputs() == null ? List.of() : body.inputs();
        Map<String, Value> observed = new TreeMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            String field = "inputs[" + i + "]";
            QueryReader.input(manifest, inputs.get(i), body.target(), field)
                    .forEach((modality, value) -> {
                        if (observed.put(modality, value) != null) {
                            throw new BadInputException(
                                    field, modality, "this modality is given twice");
                        }
                    });
        }
        return observed;
    }

    /// The asked one, else the only one that was not observed.
    private static String target(
            Manifest manifest, @Nullable String asked, Map<String, Value> observed) {
        if (asked != null) {
            return asked;
        }
        List<String> missing =
                manifest.modalities().stream()
                        .map(Modality::name)
                        .filter(name -> !observed.containsKey(name))
                        .toList();
        if (missing.size() != 1) {
            throw new BadInputException(
                    "target",
                    "none",
                    "name the modality to draw, one of "
                            + manifest.modalities().stream().map(Modality::name).toList());
        }
        return missing.getFirst();
    }

    private static <K> Map<K, Double> present(
            String field, @Nullable Map<K, @Nullable Double> given) {
        Map<K, Double> present = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((key, value) -> {
                if (value == null) {
                    throw new BadInputException(field + "." + key, "null", "must be a number");
                }
                present.put(key, value);
            });
        }
        return present;
    }

    private static GenerationResponse.Variant variant(
            Manifest manifest, String target, Generation.Variant drawn) {
        Modality modality = manifest.architecture().modality(target);
        float[] values = drawn.values();
        return switch (modality.kind()) {
            case IMAGE ->
                    new GenerationResponse.Variant(
                            drawn.z(), drawn.own(), ImageWriter.png(values, modality), null, null);
            case VECTOR ->
                    new GenerationResponse.Variant(drawn.z(), drawn.own(), null, values, null);
            case TEXT ->
                    new GenerationResponse.Variant(
                            drawn.z(), drawn.own(), null, null, words(manifest, target, values));
        };
    }

    private static List<GenerationResponse.Word> words(
            Manifest manifest, String target, float[] probabilities) {
        if (!(manifest.architecture().preprocessing().get(target) instanceof Tokens tokens)) {
            throw new BadInputException(
                    "target", target, "its words are not those of this model's vocabulary");
        }
        return tokens.likeliest(probabilities, WORDS).stream()
                .map(word -> new GenerationResponse.Word(word.word(), word.probability()))
                .toList();
    }
}
