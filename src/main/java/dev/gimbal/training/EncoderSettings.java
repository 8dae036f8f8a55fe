package dev.gimbal.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.network.Activation;
import dev.gimbal.network.BagOfWords;
import dev.gimbal.network.ConvolutionalEncoder;
import dev.gimbal.network.HierarchicalLstm;
import dev.gimbal.network.Identity;
import dev.gimbal.network.KernelNetwork;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Network;
import dev.gimbal.network.ResNet;
import dev.gimbal.network.TextConvolution;
import dev.gimbal.network.TrunkAndHead;
import dev.gimbal.preprocessing.Analysis;
import dev.gimbal.preprocessing.Blur;
import dev.gimbal.preprocessing.PhotographFeatures;
import dev.gimbal.preprocessing.Preprocessing;
import dev.gimbal.preprocessing.TermFrequencies;
import dev.gimbal.preprocessing.Tokens;
import dev.gimbal.preprocessing.Vocabulary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a modality is embedded into V: which preprocessing, then which network.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = EncoderSettings.AsIs.class, name = "identity"),
    @JsonSubTypes.Type(value = EncoderSettings.Layers.class, name = "mlp"),
    @JsonSubTypes.Type(value = EncoderSettings.Convolutional.class, name = "convolutional"),
    @JsonSubTypes.Type(value = EncoderSettings.Residual.class, name = "resnet"),
    @JsonSubTypes.Type(value = EncoderSettings.Words.class, name = "bag-of-words"),
    @JsonSubTypes.Type(value = EncoderSettings.Phrases.class, name = "text-convolution"),
    @JsonSubTypes.Type(value = EncoderSettings.Sentences.class, name = "hierarchical-lstm"),
    @JsonSubTypes.Type(value = EncoderSettings.Photograph.class, name = "photograph-features"),
    @JsonSubTypes.Type(value = EncoderSettings.Terms.class, name = "term-frequencies")
})
public sealed interface EncoderSettings {

    /// Both parts of an encoder.
    ///
    /// @param preprocessing `null` when the network takes values as they are
    record Encoder(@Nullable Preprocessing preprocessing, Network network) {}

    /// The encoder of a modality.
    ///
    /// @param split what is known of the training split
    /// @param embedding entries of V
    /// @throws BadInputException when it does not suit the modality
    Encoder of(Modality modality, TrainingSplit split, int embedding);

    /// Vectors that are embeddings already.
    record AsIs() implements EncoderSettings {
        @Override
        public Encoder of(Modality modality, TrainingSplit split, int embedding) {
            require(modality, Modality.Kind.VECTOR, "identity");
            return new Encoder(null, new Identity(modality.size()));
        }
    }

    /// Fully connected layers over a vector, or over the pixels of a picture.
    ///
    /// @param hidden units of each hidden layer; none makes an affine encoder
    /// @param activation between layers; `null` for tanh
    record Layers(
            List<Integer> hidden,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Activation activation)
            implements EncoderSettings {
        public Layers {
            hidden = List.copyOf(hidden);
        }

        @Override
        public Encoder of(Modality modality, TrainingSplit split, int embedding) {
            if (modality.kind() == Modality.Kind.TEXT) {
                throw unsuitable(modality, "mlp");
            }
            return new Encoder(
                    null,
                    new Mlp(
                            modality.size(),
                            hidden,
                            embedding,
                            activation == null ? Activation.TANH : activation));
        }
    }

    /// The image encoder of A.1.1.
    ///
    /// @param blur preprocessing; `null` for none
    /// @param channels of each convolution; `null` for those of A.1.1
    /// @param hidden units after them; `null` for those of A.1.1
    record Convolutional(
            @Nullable BlurSettings blur,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Integer> channels,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer hidden)
            implements EncoderSettings {
        private static final List<Integer> CHANNELS = List.of(32, 32, 64, 64);
        private static final int HIDDEN = 128;

        @Override
        public Encoder of(Modality modality, TrainingSplit split, int embedding) {
            require(modality, Modality.Kind.IMAGE, "convolutional");
            int colours = modality.shape().get(0);
            Blur step = blur == null ? null : blur.of(colours, modality.shape().get(1));
            List<Integer> shape =
                    step == null ? modality.shape() : List.of(colours, step.size(), step.size());
            return new Encoder(
                    step,
                    new ConvolutionalEncoder(
                            shape,
                            channels == null ? CHANNELS : channels,
                            hidden == null ? HIDDEN : hidden,
                            embedding));
        }
    }

    /// ResNet-50 with attention and an affine head, for photographs of 224 x 224 (A.1.1, Fig. 7);
    /// its trunk may start from weights that the user names.
    record Residual() implements EncoderSettings {
        @Override
        public Encoder of(Modality modality, TrainingSplit split, int embedding) {
            require(modality, Modality.Kind.IMAGE, "resnet");
            ResNet trunk = new ResNet(modality.shape(), 64, List.of(3, 4, 6, 3), true);
            return new Encoder(
                    null,
                    new TrunkAndHead(
                            trunk,
                            new Mlp(trunk.outputSize(), List.of(), embedding, Activation.RELU)));
        }
    }

    /// The mean of word vectors and layers over it.
    ///
    /// @param tokens how texts are read
    /// @param dimension of a word vector
    /// @param hidden units of each hidden layer
    record Words(TokenSettings tokens, int dimension, List<Integer> hidden)
            implements EncoderSettings {
        public Words {
            hidden = List.copyOf(hidden);
        }

        @Override
        public Encoder of(Modality modality, TrainingSplit split, int embedding) {
            require(modality, Modality.Kind.TEXT, "bag-of-words");
            Tokens read = tokens.of(split.texts());
            return new Encoder(read, new BagOfWords(read.ids(), dimension, hidden, embedding));
        }
    }

    /// Convolutions over words.
    ///
    /// @param tokens how texts are read
    /// @param dimension of a word vector
    /// @param widths of the windows, in words
    /// @param channels of each width
    record Phrases(TokenSettings tokens, int dimension, List<Integer> widths, int channels)
            implements EncoderSettings {
        public Phrases {
            widths = List.copyOf(widths);
        }

        @Override
        public Encoder of(Modality modality, TrainingSplit split, int embedding) {
            require(modality, Modality.Kind.TEXT, "text-convolution");
            Tokens read = tokens.of(split.texts());
            return new Encoder(
                    read, new TextConvolution(read.ids(), dimension, widths, channels, embedding));
        }
    }

    /// The text encoder of A.1.1: bidirectional LSTMs over words and over sentences.
    ///
    /// @param tokens how texts are read
    /// @param dimension of a word vector
    /// @param hidden entries of a state, in one direction
    record Sentences(TokenSettings tokens, int dimension, int hidden) implements EncoderSettings {
        @Override
        public Encoder of(Modality modality, TrainingSplit split, int embedding) {
            require(modality, Modality.Kind.TEXT, "hierarchical-lstm");
            Tokens read = tokens.of(split.texts());
            return new Encoder(
                    read,
                    new HierarchicalLstm(read.ids(), dimension, read.words(), hidden, embedding));
        }
    }

    /// How a text is read.
    ///
    /// @param analysis how it is cut into words
    /// @param most words that the vocabulary keeps
    /// @param least texts that a word must occur in
    /// @param sentences kept of a text
    /// @param words kept of a sentence, with the mark of its field
    record TokenSettings(Analysis analysis, int most, int least, int sentences, int words) {
        Tokens of(List<String> texts) {
            return new Tokens(Vocabulary.of(analysis, texts, most, least), sentences, words);
        }
    }

    /// Fixed features of colour and texture, for small data: an affine layer over their principal
    /// components, or kernels around training examples.
    ///
    /// @param components at most; no more than training examples leave
    /// @param landmarks kernels at most; 0 for an affine layer
    record Photograph(int components, int landmarks) implements EncoderSettings {
        @Override
        public Encoder of(Modality modality, TrainingSplit split, int embedding) {
            require(modality, Modality.Kind.IMAGE, "photograph-features");
            if (modality.shape().getFirst() != 3
                    || !modality.shape().get(1).equals(modality.shape().get(2))) {
                throw new BadInputException(
                        "encoders." + modality.name(),
                        modality.shape(),
                        "has no photograph-features: they are of square pictures in colour");
            }
            int kept = Math.min(components, Math.max(1, split.examples() - 1));
            return new Encoder(
                    new PhotographFeatures(modality.shape().get(1), kept),
                    landmarks == 0
                            ? new Mlp(kept, List.of(), embedding, Activation.TANH)
                            : new KernelNetwork(
                                    kept, Math.min(landmarks, split.examples()), embedding));
        }
    }

    /// Latent semantic analysis of a text's terms and an affine layer over it.
    ///
    /// @param words of the vocabulary at most
    /// @param least training texts that a word must occur in
    /// @param components at most; no more than training examples leave
    record Terms(int words, int least, int components) implements EncoderSettings {
        @Override
        public Encoder of(Modality modality, TrainingSplit split, int embedding) {
            require(modality, Modality.Kind.TEXT, "term-frequencies");
            int kept = Math.min(components, Math.max(1, split.examples() - 1));
            Vocabulary vocabulary = Vocabulary.of(Analysis.STEMS, split.texts(), words, least);
            return new Encoder(
                    new TermFrequencies(vocabulary, kept),
                    new Mlp(kept, List.of(), embedding, Activation.TANH));
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
            throw unsuitable(modality, type);
        }
    }

    private static BadInputException unsuitable(Modality modality, String type) {
        return new BadInputException(
                "encoders." + modality.name(),
                type,
                "does not encode %s".formatted(modality.kind()));
    }
}
