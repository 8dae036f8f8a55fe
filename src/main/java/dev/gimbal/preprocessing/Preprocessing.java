package dev.gimbal.preprocessing;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gimbal.dataset.Value;
import dev.gimbal.network.Parameters;

/// How a modality's values become the rows that its embedder takes: first read in the heap, then a
/// fixed native computation whose arrays are fitted to the training data once and never trained.
///
/// It is data, so that a bundle can carry it as JSON and no code.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Blur.class, name = "blur"),
    @JsonSubTypes.Type(value = Tokens.class, name = "tokens"),
    @JsonSubTypes.Type(value = ChannelNormalisation.class, name = "channel-normalisation"),
    @JsonSubTypes.Type(value = HuggingFaceTokens.class, name = "hugging-face-tokens"),
    @JsonSubTypes.Type(value = PhotographFeatures.class, name = "photograph-features"),
    @JsonSubTypes.Type(value = TermFrequencies.class, name = "term-frequencies")
})
public sealed interface Preprocessing
        permits Blur,
                Tokens,
                ChannelNormalisation,
                HuggingFaceTokens,
                PhotographFeatures,
                TermFrequencies {

    /// A value as numbers, always of the same count. Safe to call from several threads.
    ///
    /// @throws IllegalArgumentException when the value is of another kind
    float[] read(Value value);

    /// Entries of one row that [#apply] gives.
    int outputSize();

    /// Creates the arrays that [#fit] sets, under `name.`; none unless said otherwise.
    default void initialise(Parameters parameters, String name) {}

    /// Fits its arrays.
    ///
    /// @param rows the training split as read, `[example][entries]`
    default void fit(Parameters parameters, String name, float[][] rows) {}

    /// `[batch, entries as read] -> [batch, outputSize]`; the result belongs to the input's
    /// manager. The rows themselves, unless said otherwise.
    default NDArray apply(Parameters parameters, String name, NDArray rows) {
        return rows;
    }
}
