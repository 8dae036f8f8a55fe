package dev.gimbal.dataset.plates;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.util.random.RandomGenerator;

/// What a picture shows beside the food, private to the picture: light, table, dish and camera.
///
/// @param light brightness, about 1
/// @param warmth of the light, red against blue, about 0
/// @param table colour of the background
/// @param dish colour of the container's wall
/// @param pattern of the saucer: 0 plain, 1 striped, 2 dotted
/// @param camera from the scene's 64 x 64 units to the frame's
record PlateScene(
        double light, double warmth, Color table, Color dish, int pattern, AffineTransform camera) {
    private static final int PATTERNS = 3;

    static PlateScene random(RandomGenerator random) {
        return new PlateScene(
                random.nextDouble(.88, 1.08),
                random.nextDouble(-.05, .05),
                Color.getHSBColor(
                        random.nextFloat(),
                        random.nextFloat(.04f, .22f),
                        random.nextFloat(.7f, .95f)),
                Color.getHSBColor(
                        random.nextFloat(),
                        random.nextFloat(0f, .5f),
                        random.nextFloat(.25f, .65f)),
                random.nextInt(PATTERNS),
                camera(random));
    }

    private static AffineTransform camera(RandomGenerator random) {
        AffineTransform camera = new AffineTransform();
        camera.translate(32 + random.nextDouble(-2, 2), 32 + random.nextDouble(-2, 2));
        camera.rotate(Math.toRadians(random.nextDouble(-6, 6)));
        double zoom = random.nextDouble(.92, 1.04);
        camera.scale(zoom, zoom);
        camera.translate(-32, -32);
        return camera;
    }
}
