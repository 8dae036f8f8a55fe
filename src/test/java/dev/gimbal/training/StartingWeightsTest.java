package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.bundle.Safetensors;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.CosSim;
import dev.gimbal.family.Family;
import dev.gimbal.network.Activation;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.ResNet;
import dev.gimbal.network.TrunkAndHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingWeightsTest {
    private static final ResNet TRUNK =
            new ResNet(List.of(3, 32, 32), 2, List.of(1, 1, 1, 1), true);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();
    @TempDir private Path folder;

    @Test
    void aTrunkStartsFromTheFileAndTheHeadAnew() throws IOException {
        CosSim model = model(1);
        CosSim other = model(2);
        NDList arrays = published(other);
        arrays.add(named("fc.weight", manager.zeros(new Shape(10, 64))));
        arrays.add(named("bn1.num_batches_tracked", manager.create(7L)));
        float[] head = values(model, "head.0.weight");
        float[] attention = values(model, "trunk.attention.hidden.weight");

        StartingWeights.load(model, "image", write(arrays));

        for (String name : List.of("trunk.conv1.weight", "trunk.layer4.0.bn3.running_mean")) {
            assertThat(values(model, name)).isEqualTo(values(other, name));
        }
        assertThat(values(model, "head.0.weight")).isEqualTo(head);
        assertThat(values(model, "trunk.attention.hidden.weight")).isEqualTo(attention);
    }

    @Test
    void anArrayThatIsMissingIsNamedAndNothingChanges() throws IOException {
        CosSim model = model(1);
        NDList arrays = published(model(2));
        arrays.removeIf(array -> array.getName().equals("layer2.0.conv2.weight"));
        Path file = write(arrays);
        float[] before = values(model, "trunk.conv1.weight");

        assertThatThrownBy(() -> StartingWeights.load(model, "image", file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("'layer2.0.conv2.weight'", "(4, 4, 3, 3)");
        assertThat(values(model, "trunk.conv1.weight")).isEqualTo(before);
    }

    @Test
    void anArrayOfAnotherShapeIsNamed() throws IOException {
        NDList arrays = published(model(2));
        arrays.removeIf(array -> array.getName().equals("conv1.weight"));
        arrays.add(named("conv1.weight", manager.zeros(new Shape(64, 3, 7, 7))));
        Path file = write(arrays);

        assertThatThrownBy(() -> StartingWeights.load(model(1), "image", file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("'conv1.weight'", "(64, 3, 7, 7)", "(2, 3, 7, 7)");
    }

    @Test
    void whatIsNoSuchFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("x.safetensors"), "PK, not this format");

        assertThatThrownBy(() -> StartingWeights.load(model(1), "image", file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("not a safetensors file");
        assertThatThrownBy(() ->
                        StartingWeights.load(model(1), "image", folder.resolve("none.safetensors")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("none.safetensors");
        assertThatThrownBy(() -> StartingWeights.load(model(1), "sound", file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sound");
    }

    private CosSim model(long seed) {
        Architecture architecture =
                new Architecture(
                        Family.COS_SIM,
                        List.of(Modality.image("image", 3, 32, 32), Modality.vector("words", 5)),
                        Map.of(),
                        Map.of(
                                "embedder.image",
                                new TrunkAndHead(
                                        TRUNK,
                                        new Mlp(TRUNK.outputSize(), List.of(), 3, Activation.TANH)),
                                "embedder.words",
                                new Mlp(5, List.of(), 3, Activation.TANH)),
                        Map.of());
        CosSim model = new CosSim(architecture, new Parameters(manager));
        model.initialise(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        return model;
    }

    /// The trunk's arrays as torchvision names them.
    private NDList published(CosSim model) {
        String prefix = "embedder.image.trunk.";
        NDList arrays = new NDList();
        for (String name : model.parameters().names()) {
            if (name.startsWith(prefix) && !name.startsWith(prefix + "attention")) {
                NDArray copy = model.parameters().get(name).duplicate();
                arrays.add(named(name.substring(prefix.length()), copy));
            }
        }
        return arrays;
    }

    private static NDArray named(String name, NDArray array) {
        array.setName(name);
        return array;
    }

    private Path write(NDList arrays) throws IOException {
        return Files.write(folder.resolve("weights.safetensors"), Safetensors.encode(arrays));
    }

    private static float[] values(CosSim model, String name) {
        return model.parameters().get("embedder.image." + name).toFloatArray();
    }
}
