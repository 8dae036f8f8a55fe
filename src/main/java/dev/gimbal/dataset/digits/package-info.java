/// Digits seen, drawn, photographed or spoken, paired because they mean the same: the data of Lee
/// and Pavlovic 2021 (Sec. 5.1) and what stands in for it. Readers of files come first
/// ([dev.gimbal.dataset.digits.IdxFile]), then one modality's labelled values
/// ([dev.gimbal.dataset.digits.DigitModality]), then pairs of them
/// ([dev.gimbal.dataset.digits.DigitPairs]).
@org.jspecify.annotations.NullMarked
package dev.gimbal.dataset.digits;
