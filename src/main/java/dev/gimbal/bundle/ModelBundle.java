package dev.gimbal.bundle;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.CrossModalModel;
import dev.gimbal.network.Parameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

/// A trained model: two files, `manifest.json` and `weights.safetensors`. Loading reads nothing
/// outside it and runs no code from it, unless the manifest says `executable`: the modules of
/// imported encoders are code, and lie in the weights file as arrays of bytes.
///
/// Its fingerprint is the SHA-256 of the architecture's JSON (family, modalities, networks,
/// preprocessing, constants) followed by that of the weights. Card, metrics and factor names lie
/// outside: renaming a factor invalidates no vector.
///
/// @param manifest what it says of itself
/// @param weights safetensors; shared, not to be written to
public record ModelBundle(Manifest manifest, byte[] weights) {
    private static final int SHORT = 12;

    private static final String MANIFEST = "manifest.json";
    private static final String WEIGHTS = "weights.safetensors";

    /// Vocabularies and tokenizers are part of it.
    private static final long LARGEST_MANIFEST = 64 << 20;

    public ModelBundle {
        String sha256 = sha256(weights);
        if (!sha256.equals(manifest.weightsSha256())) {
            throw new BundleException(
                    "weights are damaged: SHA-256 is "
                            + sha256
                            + ", the manifest says "
                            + manifest.weightsSha256());
        }
        String fingerprint = fingerprint(manifest.architecture(), sha256);
        if (!fingerprint.equals(manifest.fingerprint())) {
            throw new BundleException(
                    "the architecture was changed: fingerprint is "
                            + fingerprint
                            + ", the manifest says "
                            + manifest.fingerprint());
        }
    }

    /// Reads a folder.
    ///
    /// @throws BundleException when it is not an intact bundle
    public static ModelBundle read(Path folder) {
        try {
            Path manifest = folder.resolve(MANIFEST);
            Path weights = folder.resolve(WEIGHTS);
            if (!Files.isRegularFile(manifest) || !Files.isRegularFile(weights)) {
                throw new BundleException(
                        "'"
                                + folder
                                + "' is not a bundle: it needs "
                                + MANIFEST
                                + " and "
                                + WEIGHTS);
            }
            if (Files.size(manifest) > LARGEST_MANIFEST) {
                throw new BundleException(
                        "the manifest of '"
                                + folder
                                + "' is larger than 64 MiB: "
                                + Files.size(manifest));
            }
            return of(Files.readString(manifest), Files.readAllBytes(weights));
        } catch (IOException e) {
            throw new BundleException("'" + folder + "' can't be read: " + e.getMessage(), e);
        }
    }

    /// A bundle from its two parts.
    ///
    /// @throws BundleException when they are not intact
    public static ModelBundle of(String manifestJson, byte[] weights) {
        try {
            JsonNode manifest = Json.MAPPER.readTree(manifestJson);
            JsonNode format = manifest.path("format");
            if (!format.isInt() || format.intValue() != Manifest.FORMAT) {
                throw new BundleException(
                        "bundle format "
                                + (format.isMissingNode() ? "is missing" : format + " is not known")
                                + "; this version reads "
                                + Manifest.FORMAT);
            }
            return new ModelBundle(Json.MAPPER.treeToValue(manifest, Manifest.class), weights);
        } catch (JacksonException e) {
            throw new BundleException("the manifest is not valid: " + e.getOriginalMessage(), e);
        }
    }

    /// Writes both files, the manifest last, so that a folder with a manifest is whole.
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        replace(folder.resolve(WEIGHTS), weights);
        writeManifest(folder);
    }

    /// Writes the manifest alone, where nothing else of the bundle has changed.
    public void writeManifest(Path folder) throws IOException {
        byte[] manifest = (manifestJson() + "\n").getBytes(StandardCharsets.UTF_8);
        replace(folder.resolve(MANIFEST), manifest);
    }

    /// The file holds the old content or the new one, whatever ends the process.
    private static void replace(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        Files.write(draft, content);
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// The manifest as JSON.
    public String manifestJson() {
        return Json.MAPPER.writeValueAsString(manifest);
    }

    /// Identity of the model for every vector that it makes.
    public String fingerprint() {
        return manifest.fingerprint();
    }

    /// Loads the model; its weights live in a child of `manager` until it is closed.
    ///
    /// @throws BundleException when weights and architecture do not fit
    public CrossModalModel load(NDManager manager) {
        Parameters parameters =
                Safetensors.decode(manager, weights, manifest.architecture().modules());
        try {
            requireFit(parameters, manager);
            return manifest.family().build(manifest.architecture(), parameters);
        } catch (RuntimeException e) {
            parameters.close();
            throw new BundleException("the model does not load: " + e.getMessage(), e);
        }
    }

    /// The arrays that the architecture would start with are those that are there.
    private void requireFit(Parameters parameters, NDManager manager) {
        Set<String> modules = manifest.architecture().modules();
        if (!modules.equals(parameters.moduleNames())) {
            throw new BundleException(
                    "the weights hold the modules %s, the architecture has %s"
                            .formatted(parameters.moduleNames(), modules));
        }
        try (CrossModalModel fresh =
                manifest.family().build(manifest.architecture(), new Parameters(manager))) {
            fresh.initialise(RandomGenerator.of("L64X128MixRandom"));
            Map<String, Shape> needed = shapes(fresh.parameters());
            Map<String, Shape> found = shapes(parameters);
            Stream.concat(needed.keySet().stream(), found.keySet().stream())
                    .filter(name -> !Objects.equals(needed.get(name), found.get(name)))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new BundleException(
                                "array '%s' is %s in the weights and %s in the architecture"
                                        .formatted(
                                                name,
                                                found.containsKey(name)
                                                        ? found.get(name)
                                                        : "absent",
                                                needed.containsKey(name)
                                                        ? needed.get(name)
                                                        : "absent"));
                    });
        }
    }

    private static Map<String, Shape> shapes(Parameters parameters) {
        return parameters.names().stream()
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                name -> parameters.get(name).getShape(),
                                (a, _) -> a,
                                TreeMap::new));
    }

    /// The fingerprint of an architecture with weights of this hash.
    public static String fingerprint(Architecture architecture, String weightsSha256) {
        String json =
                Json.MAPPER
                        .writer()
                        .without(SerializationFeature.INDENT_OUTPUT) // lines end as the platform's
                        .writeValueAsString(architecture);
        return sha256((json + weightsSha256).getBytes(StandardCharsets.UTF_8));
    }

    /// Hexadecimal SHA-256.
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /// A new SHA-256.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The beginning of a fingerprint: enough to tell models apart in a label.
    public static String shortened(String fingerprint) {
        return fingerprint.substring(0, Math.min(SHORT, fingerprint.length()));
    }
}
