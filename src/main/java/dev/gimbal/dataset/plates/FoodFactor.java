package dev.gimbal.dataset.plates;

/// The eight food factors of Kim et al. 2020 (Sec. 3.6), in the paper's order.
public enum FoodFactor {
    /// From dry to soup: how far up the liquid stands.
    WATERINESS("wateriness"),
    /// From none to many: leaves.
    GREENNESS("greenness"),
    /// From loose to gooey: syrup that runs down from the top.
    STICKINESS("stickiness"),
    /// From raw to a dark crust.
    BAKING("oven-baked"),
    /// From a flat plate to a tall glass.
    LONGISHNESS("longishness"),
    /// From none to many: kernels.
    GRAINS("grains"),
    /// From a savoury dish to a dessert: brick red to pink.
    DESSERT("dessert"),
    /// From none to many: round pieces.
    FRUIT("fruit");

    private final String id;

    FoodFactor(String id) {
        this.id = id;
    }

    /// The name in a table of factors.
    public String id() {
        return id;
    }
}
