package dev.gimbal.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.network.Activation;
import dev.gimbal.network.ConvolutionalDecoder;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Network;
import java.util.List;

/// How a modality is drawn from latents.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DecoderSettings.Layers.class, name = "mlp"),
    @JsonSubTypes.Type(value = DecoderSettings.Convolutional.class, name = "convolutional")
})
public sealed interface DecoderSettings {

    /// The decoder of a modality.
    ///
    /// @param latent entries of its input
    /// @param output entries of what it draws
    /// @throws BadInputException when it does not suit the modality
    Network of(Modality modality, int latent, int output);

    /// Fully connected layers with ReLU between.
    ///
    /// @param hidden units of each hidden layer
    record Layers(List<Integer> hidden) implements DecoderSettings {
        public Layers {
            hidden = List.copyOf(hidden);
        }

        @Override
        public Network of(Modality modality, int latent, int output) {
            return new Mlp(latent, hidden, output, Activation.RELU);
        }
    }

    /// Transposed convolutions.
    ///
    /// @param channels of each, the widest first
    /// @param hidden units before them
    record Convolutional(List<Integer> channels, int hidden) implements DecoderSettings {
        public Convolutional {
            channels = List.copyOf(channels);
        }

        @Override
        public Network of(Modality modality, int latent, int output) {
            if (modality.kind() != Modality.Kind.IMAGE) {
                throw new BadInputException(
                        "decoders." + modality.name(),
                        "convolutional",
                        "does not draw %s".formatted(modality.kind()));
            }
            return new ConvolutionalDecoder(latent, hidden, channels, modality.shape());
        }
    }
}
