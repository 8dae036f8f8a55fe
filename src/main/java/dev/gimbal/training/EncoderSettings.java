package dev.gimbal.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.network.Activation;
import dev.gimbal.network.ConvolutionalEncoder;
import dev.gimbal.network.Identity;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Network;
import dev.gimbal.preprocessing.Blur;
import dev.gimbal.preprocessing.Preprocessing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a modality is embedded into V: which preprocessing, then which network.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = EncoderSettings.AsIs.class, name = "identity"),
    @JsonSubTypes.Type(value = EncoderSettings.Layers.class, name = "mlp"),
    @JsonSubTypes.Type(value = EncoderSettings.Convolutional.class, name = "convolutional")
})
public sealed interface EncoderSettings {

    /// Both parts of an encoder.
    ///
    /// @param preprocessing `null` when the network takes values as they are
    record Encoder(@Nullable Preprocessing preprocessing, Network network) {}

    /// The encoder of a modality.
    ///
    /// @param texts of the training split, for what has a vocabulary; empty for other kinds
    /// @param embedding entries of V
    /// @throws BadInputException when it does not suit the modality
    Encoder of(Modality modality, List<String> texts, int embedding);

    /// Vectors that are embeddings already.
    record AsIs() implements EncoderSettings {
        @Override
        public Encoder of(Modality modality, List<String> texts, int embedding) {
            require(modality, Modality.Kind.VECTOR, "identity");
            return new Encoder(null, new Identity(modality.size()));
        }
    }

    /// Fully connected layers over a vector.
    ///
    /// @param hidden units of each hidden layer; none makes an affine encoder
    record Layers(List<Integer> hidden) implements EncoderSettings {
        public Layers {
            hidden = List.copyOf(hidden);
        }

        @Override
        public Encoder of(Modality modality, List<String> texts, int embedding) {
            require(modality, Modality.Kind.VECTOR, "mlp");
            return new Encoder(null, new Mlp(modality.size(), hidden, embedding, Activation.TANH));
        }
    }

    /// The image encoder of A.1.1.
    ///
    /// @param blur preprocessing; `null` for none
    record Convolutional(@Nullable BlurSettings blur) implements EncoderSettings {
        private static final List<Integer> CHANNELS = List.of(32, 32, 64, 64);
        private static final int HIDDEN = 128;

        @Override
        public Encoder of(Modality modality, List<String> texts, int embedding) {
            require(modality, Modality.Kind.IMAGE, "convolutional");
            int channels = modality.shape().get(0);
            Blur step = blur == null ? null : blur.of(channels, modality.shape().get(1));
            List<Integer> shape =
                    step == null ? modality.shape() : List.of(channels, step.size(), step.size());
            return new Encoder(step, new ConvolutionalEncoder(shape, CHANNELS, HIDDEN, embedding));
        }
    }

    /// A Gaussian of `deviation` pixels after padding with black, sampled on a grid of `size` x
    /// `size`.
    record BlurSettings(double deviation, int padding, int size) {
        Blur of(int channels, int side) {
            return new Blur(channels, side, deviation, padding, size);
        }
    }

    private static void require(Modality modality, Modality.Kind kind, String type) {
        if (modality.kind() != kind) {
            throw new BadInputException(
                    "encoders." + modality.name(),
                    type,
                    "does not encode %s".formatted(modality.kind()));
        }
    }
}
