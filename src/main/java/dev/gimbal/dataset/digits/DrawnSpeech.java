package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.ContentHash;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Split;
import java.util.List;
import java.util.random.RandomGenerator;

/// Spectrograms of words made by a generator, in the shape of [SpokenDigits]: the words' sounds one
/// after another, by speakers of different pitch and pace, with noise. Needs no files; drawn when
/// asked for, never kept.
final class DrawnSpeech implements DigitModality {
    private static final int FRAMES = 32;

    private final DigitCounts counts;
    private final Draws draws;

    DrawnSpeech(DigitCounts counts, long seed) {
        this.counts = counts;
        draws = new Draws(seed, "spoken");
    }

    @Override
    public Modality modality() {
        return SpokenDigits.MODALITY;
    }

    @Override
    public int size(Split split) {
        return counts.of(split);
    }

    @Override
    public int digit(Split split, int index) {
        return index % 10;
    }

    @Override
    public float[] values(Split split, int index) {
        RandomGenerator random = draws.at(split, index);
        List<Phone> word = Phone.of(digit(split, index));
        double[] centres = centres(word, random);
        double pitch = random.nextDouble(.88, 1.12);
        double loudness = random.nextDouble(.6, .9);
        double floor = random.nextDouble(.05, .25);
        float[] values = new float[Phone.BANDS * FRAMES];
        for (int frame = 0; frame < FRAMES; frame++) {
            Phone sound = at(word, centres, (frame + .5) / FRAMES);
            for (int band = 0; band < Phone.BANDS; band++) {
                double level = floor + loudness * sound.level(band, pitch);
                int row = Phone.BANDS - 1 - band;
                values[row * FRAMES + frame] =
                        (float) Math.clamp(level + .06 * random.nextGaussian(), 0, 1);
            }
        }
        return values;
    }

    /// When each sound is at its clearest, in `[0, 1]`.
    private static double[] centres(List<Phone> word, RandomGenerator random) {
        double[] centres = new double[word.size()];
        double end = 0;
        for (int i = 0; i < centres.length; i++) {
            double length = word.get(i).length() * random.nextDouble(.7, 1.3);
            centres[i] = end + length / 2;
            end += length;
        }
        double silence = random.nextDouble(.1);
        for (int i = 0; i < centres.length; i++) {
            centres[i] = silence + (1 - silence) * centres[i] / end;
        }
        return centres;
    }

    private static Phone at(List<Phone> word, double[] centres, double time) {
        int next = 0;
        while (next < centres.length && centres[next] < time) {
            next++;
        }
        if (next == 0 || next == centres.length) {
            return word.get(Math.min(next, centres.length - 1));
        }
        double share = (time - centres[next - 1]) / (centres[next] - centres[next - 1]);
        double eased = share * share * (3 - 2 * share);
        return word.get(next - 1).towards(word.get(next), eased);
    }

    @Override
    public String fingerprint() {
        return ContentHash.of("spoken/1 seed=%d %s".formatted(draws.seed(), counts));
    }
}
