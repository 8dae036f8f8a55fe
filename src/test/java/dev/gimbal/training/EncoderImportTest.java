package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.BundleException;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Safetensors;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.EmbeddingSettings;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.Family;
import dev.gimbal.network.Identity;
import dev.gimbal.preprocessing.HuggingFaceTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over a pair of 4 to 5 entries that PyTorch 1.13 exported by `torch.jit.script`:
///
/// ```python
/// class Image(nn.Module):
///     def __init__(self):
///         super().__init__(); self.patch = nn.Conv2d(3, 4, 4, 4); self.head = nn.Linear(4, 5)
///     def forward(self, pictures):
///         return self.head(torch.relu(self.patch(pictures)).mean([2, 3]))
/// class Text(nn.Module):
///     def __init__(self):
///         super().__init__(); self.words = nn.Embedding(16, 4); self.head = nn.Linear(4, 5)
///     def forward(self, ids):
///         return self.head(self.words(ids).mean(1))
/// ```
///
/// Entry i of the n-th parameter is `0.3 sin(1.3 n + 0.7 i)`.
class EncoderImportTest {
    private static final Modality PICTURE = Modality.image("image", 3, 8, 8);

    @TempDir private Path folder;

    @Test
    void anImportedPairGivesPyTorchsVectors() throws IOException {
        ModelBundle bundle = pair();
        bundle.write(folder);
        ModelBundle read = ModelBundle.read(folder);

        assertThat(read.manifest().executable()).isTrue();
        assertThat(read.manifestJson()).contains("\"executable\" : true");
        assertThat(read.fingerprint()).isEqualTo(bundle.fingerprint());
        assertThat(read.manifest().indexDimensions()).isEqualTo(Map.of("image", 5, "text", 5));
        try (Embedder model = new Embedder(read, EmbeddingSettings.defaults().allowing(read))) {
            float[] text = model.indexVector("text", Value.of("lentil soup"));
            float[] image = model.indexVector("image", Value.of(waves(0.11)));
            assertThat(text)
                    .containsExactly(
                            new float[] {
                                0.3857830f, -0.1990907f, -0.3447265f, -0.7542646f, -0.3518279f
                            },
                            within(1e-5f));
            assertThat(image)
                    .containsExactly(
                            new float[] {
                                -0.3777587f, -0.4031720f, -0.0428750f, -0.5046691f, 0.6619830f
                            },
                            within(1e-5f));
            assertThat(model.infer("text", Map.of("image", Value.of(waves(0.11)))).mean())
                    .containsExactly(image, within(1e-6f));
            assertThat(model.infer("image", Map.of("text", Value.of("lentil soup"))).mean())
                    .containsExactly(text, within(1e-6f));
        }
    }

    @Test
    void codeThatNobodyAllowedIsNotRun() {
        ModelBundle bundle = pair();

        assertThatThrownBy(() -> new Embedder(bundle, EmbeddingSettings.defaults()))
                .isInstanceOf(BundleException.class)
                .hasMessageContainingAll(
                        "runs code of its own",
                        "--gimbal.embedding.executable-bundles=" + bundle.fingerprint());
    }

    @Test
    void aModuleThatTheArchitectureDoesNotNameIsNotLoaded() {
        try (NDManager manager = NDManager.newBaseManager()) {
            byte[] weights =
                    Safetensors.encode(
                            manager,
                            new NDList(),
                            Map.of("embedder.image.module", resource("image.pt")));
            Architecture harmless =
                    new Architecture(
                            Family.COS_SIM,
                            List.of(Modality.vector("image", 5), Modality.vector("text", 5)),
                            Map.of(),
                            Map.of(
                                    "embedder.image", new Identity(5),
                                    "embedder.text", new Identity(5)),
                            Map.of());
            ModelBundle bundle = with(pair().manifest(), harmless, weights);

            assertThat(bundle.manifest().executable()).isFalse();
            assertThatThrownBy(() -> bundle.load(manager))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("code that nobody asked for");
        }
    }

    @Test
    void anArchitectureWithoutItsModuleDoesNotLoad() {
        try (NDManager manager = NDManager.newBaseManager()) {
            byte[] weights =
                    Safetensors.encode(
                            manager,
                            new NDList(),
                            Map.of("embedder.image.module", resource("image.pt")));
            Manifest manifest = pair().manifest();
            ModelBundle bundle = with(manifest, manifest.architecture(), weights);

            assertThatThrownBy(() -> bundle.load(manager))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("embedder.text.module");
        }
    }

    @Test
    void encodersThatDoNotFitAreRefusedByName() {
        assertThatThrownBy(() ->
                        EncoderImport.of(
                                "x",
                                ImportedEncoder.image(
                                        "image", 8, List.of(), List.of(), resource("text.pt")),
                                texts()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("image");
        assertThatThrownBy(() ->
                        EncoderImport.of(
                                "x",
                                ImportedEncoder.image(
                                        "image",
                                        8,
                                        List.of(),
                                        List.of(),
                                        "no module".getBytes(StandardCharsets.UTF_8)),
                                texts()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("not a TorchScript module");
        assertThatThrownBy(() -> EncoderImport.of("x", texts(), texts()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("different names");
    }

    @Test
    void headsTrainOverFrozenEncoders() throws IOException {
        FrozenEncoders frozen = new FrozenEncoders(pair());
        MultimodalDataset embedded = frozen.embed(new Dishes(), TrainingListener.SILENT);
        assertThat(embedded.modalities())
                .containsExactly(Modality.vector("image", 5), Modality.vector("text", 5));
        Training training =
                new Training(
                        "dishes",
                        Family.RIVAE,
                        SmallSettings.overEmbeddings(),
                        embedded,
                        1,
                        folder);

        ModelBundle heads = training.run(false, TrainingListener.SILENT).orElseThrow();
        ModelBundle whole = frozen.under(heads);

        assertThat(whole.manifest().executable()).isTrue();
        assertThat(whole.manifest().modalities()).isEqualTo(new Dishes().modalities());
        EmbeddingSettings settings = EmbeddingSettings.defaults();
        try (Embedder over = new Embedder(heads, settings);
                Embedder all = new Embedder(whole, settings.allowing(whole))) {
            Example raw = new Dishes().example(Split.TEST, 3);
            Example seen = embedded.example(Split.TEST, 3);
            float[] expected =
                    over.infer("text", Map.of("image", seen.values().get("image"))).mean();
            assertThat(all.infer("text", Map.of("image", raw.values().get("image"))).mean())
                    .containsExactly(expected, within(1e-5f));
            assertThat(all.indexVector("text", raw.values().get("text")))
                    .containsExactly(seen.values().get("text").numbers(), within(1e-5f));
        }
    }

    /// Pictures whose red is as strong as the words say.
    private record Dishes() implements MultimodalDataset {
        private static final List<String> WORDS =
                List.of("tomato", "lentil", "red", "green", "blue", "dark", "cake");

        @Override
        public String name() {
            return "dishes";
        }

        @Override
        public List<Modality> modalities() {
            return List.of(PICTURE, Modality.text("text"));
        }

        @Override
        public int size(Split split) {
            return split == Split.TRAIN ? 96 : 16;
        }

        @Override
        public Example example(Split split, int position) {
            int number = split.ordinal() * 100 + position;
            String text = WORDS.get(number % 7) + " " + WORDS.get(number / 7 % 7);
            return new Example(
                    split + "-" + position,
                    Map.of(
                            "image",
                            Value.of(waves(0.02 * (1 + number % 49))),
                            "text",
                            Value.of(text)));
        }

        @Override
        public FactorTable factors(Split split) {
            return FactorTable.NONE;
        }

        @Override
        public String fingerprint() {
            return "dishes";
        }
    }

    private static ModelBundle pair() {
        return EncoderImport.of("pair", pictures(), texts());
    }

    private static ImportedEncoder pictures() {
        return ImportedEncoder.image(
                "image", 8, List.of(.5f, .4f, .3f), List.of(.2f, .25f, .5f), resource("image.pt"));
    }

    private static ImportedEncoder texts() {
        String tokenizer = new String(resource("tokenizer.json"), StandardCharsets.UTF_8);
        return ImportedEncoder.text(
                "text", new HuggingFaceTokens(tokenizer, 6, 0), resource("text.pt"));
    }

    private static ModelBundle with(Manifest from, Architecture architecture, byte[] weights) {
        String sha256 = ModelBundle.sha256(weights);
        return new ModelBundle(
                new Manifest(
                        Manifest.FORMAT,
                        from.name(),
                        architecture,
                        from.latentSpaces(),
                        from.indexDimensions(),
                        from.similarity(),
                        sha256,
                        ModelBundle.fingerprint(architecture, sha256),
                        from.provenance(),
                        from.metrics()),
                weights);
    }

    private static float[] waves(double frequency) {
        float[] pixels = new float[PICTURE.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (0.5 + 0.5 * Math.sin(frequency * i));
        }
        return pixels;
    }

    private static byte[] resource(String name) {
        try (var in = EncoderImportTest.class.getResourceAsStream("/imported/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
