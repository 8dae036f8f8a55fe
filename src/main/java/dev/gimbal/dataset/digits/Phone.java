package dev.gimbal.dataset.digits;

import java.util.List;

/// A sound of speech, as a spectrogram shows it.
///
/// @param first formant, in mel bands from below
/// @param second formant, in mel bands from below
/// @param voice loudness of the formants
/// @param hiss loudness of noise
/// @param from band above which the noise lies
/// @param length usual share of a vowel's
record Phone(double first, double second, double voice, double hiss, double from, double length) {
    static final int BANDS = 32;
    private static final double LOWEST = mel(60);
    private static final double HIGHEST = mel(4_000);

    /// The words, from zero to nine.
    private static final List<String> WORDS =
            List.of("zIro", "wVn", "tu", "Tri", "for", "faIv", "sIks", "sEvn", "eIt", "naIn");

    /// What the word of a digit consists of.
    static List<Phone> of(int digit) {
        return WORDS.get(digit).chars().mapToObj(c -> of((char) c)).toList();
    }

    /// Formants after Peterson and Barney 1952, rounded; the rest by ear.
    private static Phone of(char sound) {
        return switch (sound) {
            case 'i' -> voiced(270, 2_290, 1, 1);
            case 'I' -> voiced(390, 1_990, 1, .7);
            case 'e' -> voiced(480, 2_050, 1, .8);
            case 'E' -> voiced(530, 1_840, 1, .8);
            case 'a' -> voiced(750, 1_250, 1, 1);
            case 'V' -> voiced(640, 1_190, 1, 1);
            case 'o' -> voiced(500, 900, 1, 1);
            case 'u' -> voiced(300, 870, 1, 1);
            case 'r' -> voiced(330, 1_150, .8, .6);
            case 'w' -> voiced(300, 610, .8, .6);
            case 'n' -> voiced(260, 1_500, .55, .7);
            case 'v' -> noisy(250, .4, .25, 1_200, .5);
            case 'z' -> noisy(250, .4, .7, 2_600, .6);
            case 's' -> noisy(250, 0, .9, 2_600, .8);
            case 'f' -> noisy(250, 0, .4, 900, .7);
            case 'T' -> noisy(250, 0, .3, 1_800, .6);
            case 't' -> noisy(250, 0, .6, 2_000, .35);
            case 'k' -> noisy(250, 0, .45, 1_300, .35);
            default -> throw new IllegalArgumentException("no such sound: " + sound);
        };
    }

    private static Phone voiced(double first, double second, double voice, double length) {
        return new Phone(band(first), band(second), voice, 0, BANDS, length);
    }

    private static Phone noisy(
            double first, double voice, double hiss, double from, double length) {
        return new Phone(band(first), band(1_300), voice, hiss, band(from), length);
    }

    private static double band(double hertz) {
        return BANDS * (mel(hertz) - LOWEST) / (HIGHEST - LOWEST);
    }

    private static double mel(double hertz) {
        return 2595 * StrictMath.log10(1 + hertz / 700);
    }

    /// Part of the way to another sound.
    Phone towards(Phone other, double share) {
        return new Phone(
                first + share * (other.first - first),
                second + share * (other.second - second),
                voice + share * (other.voice - voice),
                hiss + share * (other.hiss - hiss),
                from + share * (other.from - from),
                length);
    }

    /// Loudness in a band.
    ///
    /// @param pitch factor on the formants: the speaker's
    double level(int band, double pitch) {
        double bars =
                bump(band - pitch * first, 2.2)
                        + .75 * bump(band - pitch * second, 2.4)
                        + .35 * bump(band, 5);
        double noise = 1 / (1 + StrictMath.exp(from - band));
        return voice * bars + hiss * noise;
    }

    private static double bump(double away, double width) {
        return StrictMath.exp(-.5 * away * away / (width * width));
    }
}
