package dev.gimbal.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.Family;
import dev.gimbal.family.Models;
import dev.gimbal.network.Parameters;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelBundleTest {
    private final ModelBundle bundle = Bundles.of(Family.RIVAE, 1);

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(Family.class)
    void aFolderGivesTheSameBundleBack(Family family) throws IOException {
        ModelBundle written = Bundles.of(family, 1);

        written.write(folder);
        ModelBundle read = ModelBundle.read(folder);

        assertThat(read.manifest()).isEqualTo(written.manifest());
        assertThat(read.weights()).isEqualTo(written.weights());
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("manifest.json", "weights.safetensors");
        }
    }

    @Test
    void oneChangedByteInTheWeightsIsRefused() {
        byte[] damaged = bundle.weights().clone();
        damaged[damaged.length - 1] ^= 1;

        assertThatThrownBy(() -> ModelBundle.of(bundle.manifestJson(), damaged))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining(bundle.manifest().weightsSha256());
    }

    @Test
    void truncatedWeightsAreRefused() throws IOException {
        bundle.write(folder);
        byte[] weights = bundle.weights();
        Files.write(
                folder.resolve("weights.safetensors"), Arrays.copyOf(weights, weights.length / 2));

        assertThatThrownBy(() -> ModelBundle.read(folder))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aTruncatedManifestIsRefused() {
        String json = bundle.manifestJson();

        assertThatThrownBy(() ->
                        ModelBundle.of(json.substring(0, json.length() / 2), bundle.weights()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("manifest is not valid");
    }

    @Test
    void aChangedArchitectureIsRefused() {
        String changed = bundle.manifestJson().replace("\"eta\" : 0.5", "\"eta\" : 0.25");

        assertThat(changed).isNotEqualTo(bundle.manifestJson());
        assertThatThrownBy(() -> ModelBundle.of(changed, bundle.weights()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("architecture was changed");
    }

    @Test
    void aLaterFormatIsRefusedByItsNumber() {
        String later =
                bundle.manifestJson()
                        .replace("\"format\" : 1", "\"format\" : 2, \"somethingNew\" : true");

        assertThatThrownBy(() -> ModelBundle.of(later, bundle.weights()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("format 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "7", "\"x\"", "{\"name\": \"resnet\"}", "", "{]"})
    void jsonThatIsNoManifestIsRefused(String json) {
        assertThatThrownBy(() -> ModelBundle.of(json, bundle.weights()))
                .isInstanceOf(BundleException.class);
    }

    @Test
    void aManifestWithoutAnArchitectureIsRefused() {
        assertThatThrownBy(() -> ModelBundle.of("{\"format\": 1}", bundle.weights()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("manifest is not valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "weights.safetensors"})
    void aMissingFileIsRefused(String file) throws IOException {
        bundle.write(folder);
        Files.delete(folder.resolve(file));

        assertThatThrownBy(() -> ModelBundle.read(folder))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(file)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void aHugeManifestIsRefusedUnread() throws IOException {
        bundle.write(folder);
        try (RandomAccessFile huge =
                new RandomAccessFile(folder.resolve("manifest.json").toFile(), "rw")) {
            huge.setLength((64L << 20) + 1);
        }

        assertThatThrownBy(() -> ModelBundle.read(folder))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("64 MiB");
    }

    @Test
    void weightsThatAreNoSafetensorsDoNotLoad() {
        byte[] foreign = "PK not weights at all".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> load(around(bundle.manifest().architecture(), foreign)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("not readable");
    }

    @Test
    void weightsOfAnotherArchitectureDoNotLoad() {
        byte[] weights = Bundles.of(Family.COS_SIM, 1).weights();

        assertThatThrownBy(() -> load(around(Models.architecture(Family.RIVAE), weights)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("absent in the weights");
    }

    @Test
    void anArchitectureWithoutItsNetworksDoesNotLoad() {
        Architecture whole = Models.architecture(Family.COS_SIM);
        Architecture bare =
                new Architecture(
                        Family.RIVAE,
                        whole.modalities(),
                        whole.preprocessing(),
                        whole.networks(),
                        whole.constants());

        assertThatThrownBy(() -> load(around(bare, bundle.weights())))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("needs a network 'prior'");
    }

    @Test
    void renamingAFactorKeepsTheFingerprint() {
        LatentSpace space = bundle.manifest().latentSpace("x2");
        List<Factor> renamed =
                space.factors().stream()
                        .map(f -> new Factor("size", f.mean(), f.deviation(), f.low(), f.high()))
                        .toList();

        Manifest manifest =
                bundle.manifest()
                        .withLatentSpaces(List.of(new LatentSpace(List.of("x1"), "x2", renamed)));
        ModelBundle again = new ModelBundle(manifest, bundle.weights());

        assertThat(again.fingerprint()).isEqualTo(bundle.fingerprint());
        assertThat(again.manifestJson()).contains("\"size\"").isNotEqualTo(bundle.manifestJson());
    }

    @Test
    void aNewManifestLeavesTheWeightsFileAlone() throws IOException {
        bundle.write(folder);
        Path weights = folder.resolve("weights.safetensors");
        FileTime then = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(weights, then);
        LatentSpace renamed = bundle.manifest().latentSpace("x2").named(Map.of(0, "size"));

        new ModelBundle(bundle.manifest().withLatentSpaces(List.of(renamed)), bundle.weights())
                .writeManifest(folder);

        assertThat(Files.getLastModifiedTime(weights)).isEqualTo(then);
        assertThat(ModelBundle.read(folder).manifest().latentSpace("x2")).isEqualTo(renamed);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void otherWeightsHaveAnotherFingerprint() {
        assertThat(Bundles.of(Family.RIVAE, 2).fingerprint()).isNotEqualTo(bundle.fingerprint());
    }

    @Test
    void aTargetThatTheModelDoesNotLeadToIsRefused() {
        assertThatThrownBy(() -> bundle.manifest().latentSpace("x1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x1'")
                .hasMessageContaining("[x2]");
    }

    @Test
    void namesShapesAndValuesSurviveSafetensors() {
        try (NDManager manager = NDManager.newBaseManager();
                Parameters first = Safetensors.decode(manager, bundle.weights());
                Parameters second = Safetensors.decode(manager, Safetensors.encode(first.list()))) {
            assertThat(second.names()).containsExactlyInAnyOrderElementsOf(first.names());
            first.snapshot()
                    .forEach((name, values) -> {
                        assertThat(second.get(name).getShape())
                                .isEqualTo(first.get(name).getShape());
                        assertThat(second.get(name).toFloatArray()).containsExactly(values);
                    });
        }
    }

    private static void load(ModelBundle bundle) {
        try (NDManager manager = NDManager.newBaseManager()) {
            bundle.load(manager).close();
        }
    }

    /// A bundle whose hashes are right, whatever it holds.
    private ModelBundle around(Architecture architecture, byte[] weights) {
        String sha256 = ModelBundle.sha256(weights);
        Manifest m = bundle.manifest();
        return new ModelBundle(
                new Manifest(
                        m.format(),
                        m.name(),
                        architecture,
                        m.latentSpaces(),
                        m.indexDimensions(),
                        m.similarity(),
                        sha256,
                        ModelBundle.fingerprint(architecture, sha256),
                        m.provenance(),
                        m.metrics()),
                weights);
    }
}
