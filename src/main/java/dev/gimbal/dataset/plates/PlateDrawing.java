package dev.gimbal.dataset.plates;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws a plate: a see-through container from the side, and in it the food.
///
/// Each factor has a sign of its own, so that none hides another: liquid from the base upwards,
/// crust from the rim downwards, syrup in threads over the front, leaves above the rim, a bed of
/// kernels and fruit in between, the dish's sort as the colour behind and a heap of cream, the
/// container as its outline.
final class PlateDrawing {
    private static final int PIECES = 8;
    private static final int CANDIDATES = 6;
    private static final int KERNELS = 24;
    private static final double BED = .24;
    private static final double LIQUID_DEPTH = .52;
    private static final double CRUST = .24;
    private static final double STEP_U = 0.7548776662466927;
    private static final double STEP_V = 0.5698402909980532;
    private static final int THREADS = 2;
    private static final Color LIQUID = new Color(40, 140, 245, 135);
    private static final Color SURFACE = new Color(225, 243, 255);
    private static final Color SYRUP = new Color(255, 190, 0);
    private static final Color LEAF = new Color(38, 150, 48);
    private static final Color VEIN = new Color(120, 205, 110);
    private static final Color KERNEL = new Color(255, 248, 214);
    private static final Color HUSK = new Color(190, 160, 90);
    private static final Color CREAM = new Color(255, 206, 224);
    private static final Color SWIRL = new Color(255, 236, 244);
    private static final Color[] FRUIT = {
        new Color(140, 0, 165), new Color(126, 0, 160), new Color(112, 0, 155)
    };

    private final Graphics2D canvas;
    private final FoodFactors factors;
    private final PlateScene scene;
    private final Vessel vessel;
    private final RandomGenerator random;

    private PlateDrawing(
            Graphics2D canvas, FoodFactors factors, PlateScene scene, RandomGenerator random) {
        this.canvas = canvas;
        this.factors = factors;
        this.scene = scene;
        this.random = random;
        vessel = Vessel.of(factors.share(FoodFactor.LONGISHNESS));
    }

    /// The picture, `[3, side, side]` in `[0, 1]`. The same random state gives the same picture.
    ///
    /// @param random decides the scene and where pieces lie, whatever the factors
    static float[] of(FoodFactors factors, int side, RandomGenerator random) {
        PlateScene scene = PlateScene.random(random);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setRenderingHint(
                    RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setRenderingHint(
                    RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            canvas.scale(side / 64.0, side / 64.0);
            new PlateDrawing(canvas, factors, scene, random).draw();
        } finally {
            canvas.dispose();
        }
        return lit(((DataBufferInt) image.getRaster().getDataBuffer()).getData(), scene);
    }

    private void draw() {
        canvas.setColor(scene.table());
        canvas.fill(new Rectangle2D.Double(0, 0, 64, 64));
        canvas.transform(scene.camera());
        saucer();
        canvas.setColor(sort());
        canvas.fill(vessel.slice(0, 1));
        liquid();
        grains();
        cream();
        crust();
        fruit();
        syrup();
        leaves();
        canvas.setColor(scene.dish());
        canvas.setStroke(new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        canvas.draw(vessel.wall());
    }

    private void saucer() {
        double reach = vessel.reach(1) + 5;
        double y = vessel.bottom();
        canvas.setColor(scene.dish().brighter());
        canvas.fill(new Ellipse2D.Double(32 - reach, y - 1.5, 2 * reach, 5));
        canvas.setColor(scene.dish().darker());
        for (double x = -reach + 3; scene.pattern() > 0 && x < reach - 2; x += 4) {
            canvas.fill(
                    scene.pattern() == 1
                            ? new Rectangle2D.Double(32 + x, y + .6, 1.2, 2.6)
                            : new Ellipse2D.Double(32 + x, y + 1.2, 1.6, 1.6));
        }
    }

    /// Brick red for a savoury dish, pink for a dessert.
    private Color sort() {
        return mix(
                new Color(168, 58, 34),
                new Color(255, 190, 214),
                factors.share(FoodFactor.DESSERT));
    }

    private void liquid() {
        double share = factors.share(FoodFactor.WATERINESS);
        if (share > 0) {
            double surface = 1 - BED - LIQUID_DEPTH * share;
            canvas.setColor(LIQUID);
            canvas.fill(vessel.slice(surface, 1));
            canvas.setColor(SURFACE);
            canvas.setStroke(new BasicStroke(1.6f));
            canvas.draw(new Line2D.Double(vessel.at(0, surface), vessel.at(1, surface)));
        }
    }

    /// A bed of kernels on the base: a layer, and single kernels on it.
    private void grains() {
        double share = factors.share(FoodFactor.GRAINS);
        if (share > 0) {
            canvas.setColor(KERNEL);
            canvas.fill(vessel.slice(1 - BED * share, 1));
        }
        double u = random.nextDouble();
        double v = random.nextDouble();
        Path2D kernels = new Path2D.Double();
        for (int i = 0; i < KERNELS; i++) {
            double angle = random.nextDouble(Math.PI);
            if (share > 0) {
                double height = 1 - BED * share * (.1 + .8 * ((v + i * STEP_V) % 1));
                Point2D place = vessel.at(.04 + .92 * ((u + i * STEP_U) % 1), height);
                double x = Math.cos(angle);
                double y = Math.sin(angle);
                kernels.append(
                        new Line2D.Double(
                                place.getX() - x,
                                place.getY() - y,
                                place.getX() + x,
                                place.getY() + y),
                        false);
            }
        }
        canvas.setColor(HUSK);
        canvas.setStroke(new BasicStroke(.7f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        canvas.draw(kernels);
    }

    /// Berries at places that keep apart.
    private void fruit() {
        int count = (int) Math.round(PIECES * factors.share(FoodFactor.FRUIT));
        canvas.setColor(FRUIT[random.nextInt(FRUIT.length)]);
        List<Point2D> places = places();
        for (Point2D place : places.subList(0, count)) {
            canvas.fill(new Ellipse2D.Double(place.getX() - 4, place.getY() - 4, 8, 8));
        }
        canvas.setColor(Color.WHITE);
        for (Point2D place : places.subList(0, count)) {
            canvas.fill(new Ellipse2D.Double(place.getX() - 1.9, place.getY() - 1.9, 1.5, 1.5));
        }
    }

    /// Leaves that stand up from the rim, from the middle outwards.
    private void leaves() {
        int count = (int) Math.round(PIECES * factors.share(FoodFactor.GREENNESS));
        for (int i = 0; i < PIECES; i++) {
            double side = i % 2 == 0 ? 1 : -1;
            double away = side * (i + .5) / PIECES;
            double angle = 70 * away + random.nextDouble(-12, 12);
            if (i < count) {
                turned(vessel.at(.5 + .42 * away, -.03), Math.toRadians(angle - 90), this::leaf);
            }
        }
    }

    private void leaf() {
        Path2D leaf = new Path2D.Double();
        leaf.moveTo(-1, 0);
        leaf.quadTo(4, -4.2, 8.4, 0);
        leaf.quadTo(4, 4.2, -1, 0);
        canvas.setColor(LEAF);
        canvas.fill(leaf);
        canvas.setColor(VEIN);
        canvas.setStroke(new BasicStroke(.6f));
        canvas.draw(new Line2D.Double(0, 0, 7, 0));
    }

    /// Each the farthest of a few candidates from those before it.
    private List<Point2D> places() {
        List<Point2D> places = new ArrayList<>();
        while (places.size() < PIECES) {
            Point2D farthest = null;
            double best = -1;
            for (int c = 0; c < CANDIDATES; c++) {
                Point2D place = vessel.at(random.nextDouble(.1, .9), random.nextDouble(.3, .74));
                double nearest = places.stream().mapToDouble(place::distanceSq).min().orElse(1e9);
                if (nearest > best) {
                    best = nearest;
                    farthest = place;
                }
            }
            places.add(java.util.Objects.requireNonNull(farthest));
        }
        return places;
    }

    /// A heap above the rim, in the colour of a dessert.
    private void cream() {
        double share = factors.share(FoodFactor.DESSERT);
        double reach = .8 * vessel.reach(0);
        for (int tier = 0; tier < 4 * share; tier++) {
            double half = reach * (1 - tier / 5.0);
            canvas.setColor(tier % 2 == 0 ? CREAM : SWIRL);
            canvas.fill(
                    new Ellipse2D.Double(32 - half, vessel.top() - 2.4 - 1.9 * tier, 2 * half, 4));
        }
    }

    private void crust() {
        double share = factors.share(FoodFactor.BAKING);
        if (share > 0) {
            canvas.setColor(mix(new Color(226, 170, 92), new Color(66, 34, 14), share));
            canvas.fill(vessel.slice(-.06, CRUST * share));
        }
    }

    private void syrup() {
        double share = factors.share(FoodFactor.STICKINESS);
        canvas.setColor(SYRUP);
        for (int i = 0; i < THREADS; i++) {
            double u = (i + .5 + random.nextDouble(-.15, .15)) / THREADS;
            double length = share * random.nextDouble(.8, .95);
            if (share > 0) {
                canvas.setStroke(
                        new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                Point2D end = vessel.at(u, length);
                canvas.draw(new Line2D.Double(vessel.at(u, -.08), end));
                canvas.fill(new Ellipse2D.Double(end.getX() - 2.6, end.getY() - 2.6, 5.2, 5.2));
            }
        }
    }

    private void turned(Point2D place, double angle, Runnable drawing) {
        AffineTransform before = canvas.getTransform();
        canvas.translate(place.getX(), place.getY());
        canvas.rotate(angle);
        drawing.run();
        canvas.setTransform(before);
    }

    private static Color mix(Color from, Color to, double share) {
        return new Color(
                (int) Math.round(from.getRed() + share * (to.getRed() - from.getRed())),
                (int) Math.round(from.getGreen() + share * (to.getGreen() - from.getGreen())),
                (int) Math.round(from.getBlue() + share * (to.getBlue() - from.getBlue())));
    }

    private static float[] lit(int[] rgb, PlateScene scene) {
        float[] gain = {
            (float) (scene.light() * (1 + scene.warmth()) / 255),
            (float) (scene.light() / 255),
            (float) (scene.light() * (1 - scene.warmth()) / 255)
        };
        float[] pixels = new float[3 * rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            pixels[i] = Math.min(1, gain[0] * (rgb[i] >> 16 & 255));
            pixels[rgb.length + i] = Math.min(1, gain[1] * (rgb[i] >> 8 & 255));
            pixels[2 * rgb.length + i] = Math.min(1, gain[2] * (rgb[i] & 255));
        }
        return pixels;
    }
}
