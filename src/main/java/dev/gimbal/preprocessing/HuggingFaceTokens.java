package dev.gimbal.preprocessing;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.gimbal.dataset.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A text as the token ids of a tokenizer that came with an imported encoder.
///
/// @param tokenizer content of its `tokenizer.json`; special tokens are added as it says
/// @param length ids of a text; a longer one is cut, with its special tokens kept
/// @param padding id behind the end of a shorter one
public record HuggingFaceTokens(String tokenizer, int length, int padding)
        implements Preprocessing {
    /// Native tokenizers by their JSON; they live as long as the program, as there are few.
    private static final Map<HuggingFaceTokens, HuggingFaceTokenizer> LOADED =
            new ConcurrentHashMap<>();

    public HuggingFaceTokens {
        if (length < 1 || padding < 0) {
            throw new IllegalArgumentException("length " + length + ", padding " + padding);
        }
    }

    @Override
    public float[] read(Value value) {
        if (!(value instanceof Value.Text(String text))) {
            throw new IllegalArgumentException("numbers are no text");
        }
        long[] ids = LOADED.computeIfAbsent(this, HuggingFaceTokens::load).encode(text).getIds();
        float[] padded = new float[length];
        for (int i = 0; i < length; i++) {
            padded[i] = i < ids.length ? ids[i] : padding;
        }
        return padded;
    }

    /// @throws IllegalArgumentException when the JSON is no tokenizer
    private static HuggingFaceTokenizer load(HuggingFaceTokens tokens) {
        String length = String.valueOf(tokens.length);
        byte[] json = tokens.tokenizer.getBytes(StandardCharsets.UTF_8);
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json),
                    Map.of(
                            "truncation",
                            "true",
                            "padding",
                            "false",
                            "maxLength",
                            length,
                            "modelMaxLength",
                            length));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "the tokenizer is not readable: " + e.getMessage(), e);
        }
    }

    @Override
    public int outputSize() {
        return length;
    }
}
