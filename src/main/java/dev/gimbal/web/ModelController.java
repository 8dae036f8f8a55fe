package dev.gimbal.web;

import dev.gimbal.bundle.BundleException;
import dev.gimbal.bundle.Json;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.LoadedModels;
import dev.gimbal.embedding.Posterior;
import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.store.ApiKey;
import dev.gimbal.store.Models;
import dev.gimbal.store.StoredModel;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Models by fingerprint or name (the newest of it): their cards and their embeddings.
@RestController
@RequestMapping("/v1/models")
class ModelController {
    private static final int MOST_INPUTS = 64;

    private final Models models;
    private final ActiveModels active;
    private final LoadedModels loaded;

    ModelController(Models models, ActiveModels active, LoadedModels loaded) {
        this.models = models;
        this.active = active;
        this.loaded = loaded;
    }

    @Requires(value = ApiKey.Scope.READ, boundKeysToo = true)
    @GetMapping
    List<ModelResponse> list() {
        return models.list().stream().map(ModelController::response).toList();
    }

    @Requires(value = ApiKey.Scope.READ, boundKeysToo = true)
    @GetMapping("/{model}")
    ModelResponse get(@PathVariable String model) {
        return response(models.named(model));
    }

    /// Installs a bundle, once it is seen to be whole and to load; the same bundle again brings the
    /// names that its factors were given since.
    @PostMapping
    ResponseEntity<ModelResponse> install(@RequestBody ModelRequest body) {
        String manifest = body.manifest();
        byte[] weights = body.weights();
        if (manifest == null || weights == null) {
            throw new BadInputException(
                    manifest == null ? "manifest" : "weights", "none", "a bundle has both files");
        }
        try {
            ModelBundle bundle = ModelBundle.of(manifest, weights);
            StoredModel stored = stored(bundle);
            return ResponseEntity.created(URI.create("/v1/models/" + bundle.fingerprint()))
                    .body(response(stored));
        } catch (BundleException e) {
            throw new BadInputException("manifest", "bundle", String.valueOf(e.getMessage()));
        } catch (BadInputException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new BadInputException("manifest", "name", String.valueOf(e.getMessage()));
        }
    }

    /// What is stored of it now. The model in memory is described by that, not by what was sent.
    private StoredModel stored(ModelBundle bundle) {
        Optional<StoredModel> present = models.find(bundle.fingerprint());
        if (present.isPresent()) {
            active.get(bundle.fingerprint());
            return named(present.get(), bundle.manifest());
        }
        loaded.install(bundle);
        try {
            StoredModel stored = models.put(bundle);
            loaded.install(ModelBundle.of(stored.manifest(), bundle.weights()));
            active.renew(stored);
            return stored;
        } catch (RuntimeException e) {
            loaded.remove(bundle.fingerprint());
            throw e;
        }
    }

    /// Takes over the names that people gave factors in a bundle which is stored already.
    private StoredModel named(StoredModel present, Manifest sent) {
        if (read(present.manifest()).withNamesOf(sent).equals(read(present.manifest()))) {
            return present;
        }
        return renewed(present.fingerprint(), manifest -> manifest.withNamesOf(sent));
    }

    private StoredModel renewed(String fingerprint, UnaryOperator<Manifest> renewal) {
        StoredModel stored =
                models.describe(
                        fingerprint,
                        manifest -> Json.MAPPER.writeValueAsString(renewal.apply(read(manifest))));
        active.renew(stored);
        return stored;
    }

    /// Renames factors.
    @PatchMapping("/{model}")
    ModelResponse rename(@PathVariable String model, @RequestBody FactorNames names) {
        return response(renewed(models.named(model).fingerprint(), names::in));
    }

    @Requires(value = ApiKey.Scope.READ, boundKeysToo = true)
    @PostMapping("/{model}/embeddings")
    EmbeddingsResponse embed(@PathVariable String model, @RequestBody EmbeddingsRequest body) {
        Embedder embedder = active.named(model);
        List<@Nullable QueryPart> inputs = body.inputs();
        int given = inputs == null ? 0 : inputs.size();
        if (inputs == null || given < 1 || given > MOST_INPUTS) {
            throw new BadInputException(
                    "inputs", given + " inputs", "give 1 to " + MOST_INPUTS + " inputs");
        }
        String kind = body.kind() == null ? "index" : body.kind();
        if (!kind.equals("index") && !kind.equals("latent")) {
            throw new BadInputException("kind", kind, "kind must be index or latent");
        }
        List<EmbeddingsResponse.One> embeddings = new ArrayList<>();
        for (int i = 0; i < given; i++) {
            String field = "inputs[" + i + "]";
            Map<String, Value> value =
                    QueryReader.input(
                            embedder.bundle().manifest(), inputs.get(i), body.target(), field);
            embeddings.add(
                    kind.equals("index")
                            ? vector(embedder, value)
                            : latent(embedder, body.target(), value));
        }
        return new EmbeddingsResponse(embedder.bundle().fingerprint(), kind, embeddings);
    }

    private static EmbeddingsResponse.One vector(Embedder embedder, Map<String, Value> value) {
        Map.Entry<String, Value> only = value.entrySet().iterator().next();
        float[] vector = embedder.indexVector(only.getKey(), only.getValue());
        return new EmbeddingsResponse.One(only.getKey(), vector, null, null);
    }

    private static EmbeddingsResponse.One latent(
            Embedder embedder, @Nullable String asked, Map<String, Value> value) {
        Manifest manifest = embedder.bundle().manifest();
        List<String> targets = manifest.latentSpaces().stream().map(LatentSpace::target).toList();
        String target = asked == null && targets.size() == 1 ? targets.getFirst() : asked;
        if (target == null || !targets.contains(target)) {
            throw new BadInputException(
                    "target", String.valueOf(target), "name the target, one of " + targets);
        }
        Posterior z = embedder.infer(target, value);
        return new EmbeddingsResponse.One(
                value.keySet().iterator().next(), null, z.mean(), z.logVariance());
    }

    private static Manifest read(String manifest) {
        return Json.MAPPER.readValue(manifest, Manifest.class);
    }

    private static ModelResponse response(StoredModel stored) {
        return ModelResponse.of(stored, read(stored.manifest()));
    }
}
