package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import dev.gimbal.network.Rows;
import dev.gimbal.network.TorchModule;
import dev.gimbal.network.TorchScript;
import dev.gimbal.preprocessing.ChannelNormalisation;
import dev.gimbal.preprocessing.HuggingFaceTokens;
import dev.gimbal.preprocessing.Preprocessing;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// A TorchScript module that encodes one modality, with what its input needs.
///
/// @param modality what it encodes
/// @param preprocessing `null` when pixels in `[0, 1]` are taken as they are
/// @param module the exported module's bytes; shared, not to be written to
public record ImportedEncoder(
        Modality modality, @Nullable Preprocessing preprocessing, byte[] module) {
    private static final int SAMPLE = 2;

    /// An encoder of pictures, `[batch, 3, size, size]` of floats.
    ///
    /// @param mean taken out of each channel; empty with `deviation` for none
    /// @param deviation that each channel is divided by
    public static ImportedEncoder image(
            String name, int size, List<Float> mean, List<Float> deviation, byte[] module) {
        Modality modality = Modality.image(name, 3, size, size);
        return new ImportedEncoder(
                modality,
                mean.isEmpty() && deviation.isEmpty()
                        ? null
                        : new ChannelNormalisation(modality.shape(), mean, deviation),
                module);
    }

    /// An encoder of texts, `[batch, length]` of 64-bit ids.
    public static ImportedEncoder text(String name, HuggingFaceTokens tokens, byte[] module) {
        return new ImportedEncoder(Modality.text(name), tokens, module);
    }

    /// A sample of texts, so that the tokenizer is seen to work as well.
    private NDArray ids(NDManager manager, Shape sample) {
        float[] row = Objects.requireNonNull(preprocessing).read(Value.of(modality.name()));
        return Rows.matrix(manager, Collections.nCopies(SAMPLE, row))
                .reshape(sample)
                .toType(DataType.INT64, false);
    }

    /// The network, its sizes found by running the module on a sample of two.
    ///
    /// @throws BadInputException when the module does not take such an input or gives no row for
    ///   each
    TorchScript network(NDManager parent) {
        boolean text = modality.kind() == Modality.Kind.TEXT;
        List<Integer> shape =
                text && preprocessing != null
                        ? List.of(preprocessing.outputSize())
                        : modality.shape();
        try (NDManager manager = parent.newSubManager();
                TorchModule loaded = new TorchModule(module, manager.getDevice())) {
            Shape sample =
                    new Shape(
                            LongStream.concat(
                                            LongStream.of(SAMPLE), shape.stream().mapToLong(n -> n))
                                    .toArray());
            NDArray out = loaded.forward(text ? ids(manager, sample) : manager.zeros(sample));
            Shape given = out.getShape();
            if (given.dimension() != 2
                    || given.get(0) != SAMPLE
                    || out.getDataType() != DataType.FLOAT32) {
                throw new IllegalArgumentException(
                        "for a sample of %s it gives %s of %s, and [%d, entries] of float32 is needed"
                                .formatted(sample, given, out.getDataType(), SAMPLE));
            }
            return new TorchScript(
                    shape,
                    text ? TorchScript.Input.TOKENS : TorchScript.Input.NUMBERS,
                    Math.toIntExact(given.get(1)));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    modality.name(), module.length + " bytes", String.valueOf(e.getMessage()));
        }
    }
}
