package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Split;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// Digits from files, kept as the bytes that they are.
final class StoredDigits implements DigitModality {
    private static final int VALIDATION_SHARE = 12;

    private final Modality modality;
    private final Map<Split, Part> parts;
    private final String fingerprint;

    /// A split: rows of an array.
    record Part(LabelledBytes of, int[] rows) {}

    StoredDigits(Modality modality, Map<Split, Part> parts, String fingerprint) {
        this.modality = modality;
        this.parts = new EnumMap<>(parts);
        this.fingerprint = fingerprint;
    }

    /// Digits whose files know a training and a test split: the last twelfth of the training file,
    /// at least one, is for validation (5,000 of MNIST's 60,000).
    static StoredDigits of(
            Modality modality, LabelledBytes train, LabelledBytes test, String fingerprint) {
        int kept = train.count() - Math.max(1, train.count() / VALIDATION_SHARE);
        return new StoredDigits(
                modality,
                Map.of(
                        Split.TRAIN, new Part(train, IntStream.range(0, kept).toArray()),
                        Split.VALIDATION,
                                new Part(train, IntStream.range(kept, train.count()).toArray()),
                        Split.TEST, new Part(test, IntStream.range(0, test.count()).toArray())),
                fingerprint);
    }

    private Part part(Split split) {
        return Objects.requireNonNull(parts.get(split));
    }

    @Override
    public Modality modality() {
        return modality;
    }

    @Override
    public int size(Split split) {
        return part(split).rows.length;
    }

    @Override
    public int digit(Split split, int index) {
        Part part = part(split);
        return part.of.digits()[part.rows[index]];
    }

    @Override
    public float[] values(Split split, int index) {
        Part part = part(split);
        return part.of.row(part.rows[index]);
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }
}
