package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.ContentHash;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Split;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Street numbers made from grey digits, for want of [Svhn]: picture `i` of a split shows grey
/// picture `i` of that split, between neighbours of that split.
///
/// A picture is drawn when asked for (about 0.1 ms), never kept.
final class StreetDigits implements DigitModality {
    static final Modality MODALITY =
            Modality.image("street", 3, StreetPicture.SIDE, StreetPicture.SIDE);
    private static final double NEIGHBOUR = .5;

    private final DigitModality grey;
    private final Draws draws;

    /// @param grey pictures of 28 x 28
    StreetDigits(DigitModality grey, long seed) {
        this.grey = grey;
        draws = new Draws(seed, "street");
    }

    @Override
    public Modality modality() {
        return MODALITY;
    }

    @Override
    public int size(Split split) {
        return grey.size(split);
    }

    @Override
    public int digit(Split split, int index) {
        return grey.digit(split, index);
    }

    @Override
    public float[] values(Split split, int index) {
        RandomGenerator random = draws.at(split, index);
        StreetScene scene = StreetScene.random(random);
        float[] left = neighbour(split, random);
        float[] right = neighbour(split, random);
        return StreetPicture.of(scene, grey.values(split, index), left, right, random);
    }

    private float @Nullable [] neighbour(Split split, RandomGenerator random) {
        return random.nextDouble() < NEIGHBOUR
                ? grey.values(split, random.nextInt(grey.size(split)))
                : null;
    }

    @Override
    public boolean madeFrom(DigitModality other) {
        return other == grey;
    }

    @Override
    public String fingerprint() {
        return ContentHash.of("street/1 seed=%d %s".formatted(draws.seed(), grey.fingerprint()));
    }
}
