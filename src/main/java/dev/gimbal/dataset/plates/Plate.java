package dev.gimbal.dataset.plates;

import java.util.SplittableRandom;

/// One dish: its factors, which picture and recipe share, and a seed for what is private to each.
///
/// @param factors what both show
/// @param scene seed of light, dish, camera and where pieces lie in the picture
/// @param wording seed of the recipe's words, brands, amounts and order
public record Plate(FoodFactors factors, long scene, long wording) {

    /// The plate that belongs to a seed.
    static Plate of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Plate(FoodFactors.random(random), random.nextLong(), random.nextLong());
    }

    /// The same plate with another level of one factor, seen and told in the same way.
    public Plate with(FoodFactor factor, int level) {
        return new Plate(factors.with(factor, level), scene, wording);
    }

    /// The picture, `[3, side, side]` in `[0, 1]`.
    public float[] picture(int side) {
        return PlateDrawing.of(factors, side, new SplittableRandom(scene));
    }

    /// The recipe as plain text, in the form of [dev.gimbal.dataset.RecipeText].
    public String recipe() {
        return PlateRecipe.of(factors, new SplittableRandom(wording)).format();
    }
}
