package dev.gimbal.command;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.ModelName;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.preprocessing.HuggingFaceTokens;
import dev.gimbal.training.EncoderImport;
import dev.gimbal.training.ImportedEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `gimbal import`: from a pair of exported TorchScript encoders to a bundle.
@Command(
        name = "import",
        description =
                "Wraps a pair of TorchScript encoders, such as CLIP's, into a bundle. Their code"
                        + " runs here and in every service that loads the bundle.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    @Option(
            names = "--image",
            required = true,
            description = "TorchScript of [batch, 3, size, size] floats to [batch, k]")
    private Path image = Path.of(".");

    @Option(
            names = "--text",
            required = true,
            description = "TorchScript of [batch, length] 64-bit ids to [batch, k]")
    private Path text = Path.of(".");

    @Option(names = "--tokenizer", required = true, description = "the text's tokenizer.json")
    private Path tokenizer = Path.of(".");

    @Option(
            names = "--image-size",
            defaultValue = "224",
            description = "height and width (${DEFAULT-VALUE})")
    private int imageSize;

    @Option(
            names = "--image-mean",
            split = ",",
            description = "taken out of each channel of pixels in [0, 1]; default: nothing")
    private List<Float> imageMean = List.of();

    @Option(
            names = "--image-deviation",
            split = ",",
            description = "that each channel is then divided by; default: nothing")
    private List<Float> imageDeviation = List.of();

    @Option(
            names = "--text-length",
            defaultValue = "77",
            description = "ids of a text (${DEFAULT-VALUE})")
    private int textLength;

    @Option(
            names = "--text-padding",
            defaultValue = "0",
            description = "id behind the end of a text (${DEFAULT-VALUE})")
    private int textPadding;

    @Option(
            names = "--image-name",
            defaultValue = "image",
            description = "of the modality (${DEFAULT-VALUE})")
    private String imageName = "";

    @Option(
            names = "--text-name",
            defaultValue = "text",
            description = "of the modality (${DEFAULT-VALUE})")
    private String textName = "";

    @Option(names = "--name", defaultValue = "imported", description = "of the model")
    private String name = "";

    @Option(names = "--out", required = true, description = "folder for the bundle")
    private Path out = Path.of(".");

    @Override
    public Integer call() throws IOException {
        ModelName.require("name", name);
        ImportedEncoder pictures =
                ImportedEncoder.image(imageName, imageSize, imageMean, imageDeviation, read(image));
        ImportedEncoder texts =
                ImportedEncoder.text(
                        textName,
                        new HuggingFaceTokens(
                                new String(read(tokenizer), StandardCharsets.UTF_8),
                                textLength,
                                textPadding),
                        read(text));
        ModelBundle bundle = EncoderImport.of(name, pictures, texts);
        bundle.write(out);
        System.out.println(
                "model "
                        + bundle.fingerprint()
                        + " in "
                        + out
                        + ": "
                        + bundle.manifest().indexDimensions()
                        + "\nit runs code of its own: start a service that may load it with --gimbal.embedding.executable-bundles="
                        + bundle.fingerprint());
        return 0;
    }

    private static byte[] read(Path file) throws IOException {
        return Files.readAllBytes(BadInputException.requireFile("file", file));
    }
}
