package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Split;

/// Labelled values of one modality, by split, not paired yet. Immutable and safe to read from
/// several threads.
interface DigitModality {

    /// Name and shape of a value.
    Modality modality();

    /// How many values a split has.
    int size(Split split);

    /// What a value shows or says, 0 to 9.
    int digit(Split split, int index);

    /// A value, entries in `[0, 1]`, channels first.
    float[] values(Split split, int index);

    /// SHA-256 of what defines the content.
    String fingerprint();

    /// Whether value `i` is made from value `i` of another modality: the two share more than their
    /// digit. [Partners] of that other one then leave the two apart; a training that deals partners
    /// out anew within their classes may bring them together.
    default boolean madeFrom(DigitModality other) {
        return false;
    }
}
