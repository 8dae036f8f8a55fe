package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.ContentHash;
import dev.gimbal.dataset.Modality;
import java.nio.file.Path;
import java.util.List;

/// Handwritten digits, 28 x 28 grey (LeCun, Cortes and Burges), from their four IDX files.
final class Mnist {
    static final Modality MODALITY = Modality.image("mnist", 1, 28, 28);

    private Mnist() {}

    /// Reads the folder: 55,000 pictures to train, 5,000 to validate, 10,000 to test.
    ///
    /// @throws BadInputException naming the file that is missing, malformed or of another size
    static DigitModality read(Path folder) {
        ContentHash hash = new ContentHash();
        hash.add("mnist/1");
        LabelledBytes train = part(folder, "train", hash);
        LabelledBytes test = part(folder, "t10k", hash);
        return StoredDigits.of(MODALITY, train, test, hash.hex());
    }

    private static LabelledBytes part(Path folder, String name, ContentHash hash) {
        Path images = IdxFile.in(folder, name + "-images-idx3-ubyte");
        Path labels = IdxFile.in(folder, name + "-labels-idx1-ubyte");
        hash.add(images);
        hash.add(labels);
        IdxFile pixels = IdxFile.read(images, 3);
        if (!pixels.shape().subList(1, 3).equals(List.of(28, 28))) {
            throw new BadInputException(
                    "file", images, "shape is " + pixels.shape() + ", expected [n, 28, 28]");
        }
        return new LabelledBytes(
                pixels.values(), IdxFile.read(labels, 1).values(), MODALITY.size(), labels);
    }
}
