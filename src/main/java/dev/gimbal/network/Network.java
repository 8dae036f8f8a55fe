package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The configuration of a neural network: a pure function of its parameters and its input. It is
/// data, so that a bundle can carry it as JSON and no code.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Mlp.class, name = "mlp"),
    @JsonSubTypes.Type(value = ConvolutionalEncoder.class, name = "convolutional"),
    @JsonSubTypes.Type(value = ConvolutionalDecoder.class, name = "convolutional-decoder"),
    @JsonSubTypes.Type(value = ResNet.class, name = "resnet"),
    @JsonSubTypes.Type(value = BagOfWords.class, name = "bag-of-words"),
    @JsonSubTypes.Type(value = TextConvolution.class, name = "text-convolution"),
    @JsonSubTypes.Type(value = HierarchicalLstm.class, name = "hierarchical-lstm"),
    @JsonSubTypes.Type(value = TrunkAndHead.class, name = "trunk-and-head"),
    @JsonSubTypes.Type(value = TorchScript.class, name = "torch-script"),
    @JsonSubTypes.Type(value = KernelNetwork.class, name = "kernel"),
    @JsonSubTypes.Type(value = HubDiscount.class, name = "hub-discount"),
    @JsonSubTypes.Type(value = Muted.class, name = "muted"),
    @JsonSubTypes.Type(value = Identity.class, name = "identity"),
    @JsonSubTypes.Type(value = Residual.class, name = "residual")
})
public sealed interface Network
        permits Mlp,
                ConvolutionalEncoder,
                ConvolutionalDecoder,
                ResNet,
                TextEncoder,
                TrunkAndHead,
                TorchScript,
                KernelNetwork,
                HubDiscount,
                Muted,
                Identity,
                Residual {

    /// Creates this network's arrays under `name.`.
    ///
    /// @param random the only source of randomness
    void initialise(Parameters parameters, String name, RandomGenerator random);

    /// Applies the network; the result belongs to the input's manager.
    ///
    /// @param x `[batch, ...]`
    /// @return `[batch, outputSize]`
    NDArray forward(Parameters parameters, String name, NDArray x);

    /// Name of the affine layer that makes the output, or `null` when there is none.
    @Nullable String outputLayer(String name);

    /// Whether an array is this network's own addition, which published weights lack.
    ///
    /// @param array its name, without the network's
    default boolean startsAnew(String array) {
        return false;
    }

    /// Names of the modules that it needs beside its arrays: code that came from outside.
    default Stream<String> modules(String name) {
        return Stream.empty();
    }

    /// Entries of one output row.
    int outputSize();
}
