package dev.gimbal.web;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.preprocessing.HuggingFaceTokens;
import dev.gimbal.training.EncoderImport;
import dev.gimbal.training.ImportedEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The exported pair of the tests' resources as a bundle.
final class ImportedPair {
    private ImportedPair() {}

    static ModelBundle bundle() throws IOException {
        String tokenizer = new String(resource("tokenizer.json"), StandardCharsets.UTF_8);
        return EncoderImport.of(
                "imported",
                ImportedEncoder.image("image", 8, List.of(), List.of(), resource("image.pt")),
                ImportedEncoder.text(
                        "text", new HuggingFaceTokens(tokenizer, 6, 0), resource("text.pt")));
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = ImportedPair.class.getResourceAsStream("/imported/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
