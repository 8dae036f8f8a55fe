package dev.gimbal.traversal;

import dev.gimbal.dataset.ImageWriter;
import dev.gimbal.metric.LogOdds;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Word clouds as one picture: one row for each factor, one cell for each step, the size of a word
/// by its log-odds, the largest in the middle.
///
/// @param rows one for each factor
public record CloudSheet(List<WordClouds.Column> rows) {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 180;
    private static final int GAP = 10;
    private static final int HEADING = 22;
    private static final int SMALLEST = 10;
    private static final int LARGEST = 30;
    private static final double TURN = 0.35;
    private static final int TRIES = 600;
    private static final Color[] INKS = {
        new Color(0x1B4965), new Color(0x9A3412), new Color(0x2D6A4F), new Color(0x5B21B6)
    };

    public CloudSheet {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a sheet has at least one row");
        }
    }

    /// The sheet as PNG.
    public byte[] png() {
        return ImageWriter.png(image());
    }

    /// The sheet as an image.
    BufferedImage image() {
        int across = rows.getFirst().clouds().size();
        BufferedImage image =
                new BufferedImage(
                        GAP + across * (WIDTH + GAP),
                        GAP + rows.size() * (HEADING + HEIGHT + GAP),
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            for (int r = 0; r < rows.size(); r++) {
                drawRow(graphics, rows.get(r), GAP + r * (HEADING + HEIGHT + GAP));
            }
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static void drawRow(Graphics2D graphics, WordClouds.Column row, int top) {
        for (int c = 0; c < row.clouds().size(); c++) {
            WordClouds.Cloud cloud = row.clouds().get(c);
            int left = GAP + c * (WIDTH + GAP);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            graphics.setColor(Color.DARK_GRAY);
            graphics.drawString(
                    String.format(Locale.ROOT, "%s %+.1f", row.name(), cloud.deviations()),
                    left,
                    top + HEADING - 7);
            graphics.setColor(Color.LIGHT_GRAY);
            graphics.drawRect(left, top + HEADING, WIDTH - 1, HEIGHT - 1);
            drawCloud(
                    graphics,
                    cloud.words(),
                    new Rectangle2D.Double(left + 2, top + HEADING + 2, WIDTH - 4, HEIGHT - 4));
        }
    }

    /// Each word goes to the first free place on a spiral from the middle; one that finds none is
    /// left out.
    private static void drawCloud(Graphics2D graphics, List<LogOdds.Word> words, Rectangle2D cell) {
        List<LogOdds.Word> bySize =
                words.stream().sorted((a, b) -> Double.compare(b.logOdds(), a.logOdds())).toList();
        List<Rectangle2D> taken = new ArrayList<>();
        for (int i = 0; i < bySize.size(); i++) {
            double share = bySize.get(i).logOdds() / bySize.getFirst().logOdds();
            float size = (float) (SMALLEST + (LARGEST - SMALLEST) * share);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 1).deriveFont(size));
            graphics.setColor(INKS[i % INKS.length]);
            place(graphics, bySize.get(i).word(), cell, taken);
        }
    }

    private static void place(
            Graphics2D graphics, String word, Rectangle2D cell, List<Rectangle2D> taken) {
        var metrics = graphics.getFontMetrics();
        int width = metrics.stringWidth(word);
        int height = metrics.getAscent() + metrics.getDescent();
        for (int t = 0; t < TRIES; t++) {
            double angle = t * TURN;
            double x = cell.getCenterX() + 1.6 * angle * Math.cos(angle) - width / 2.0;
            double y = cell.getCenterY() + angle * Math.sin(angle) - height / 2.0;
            Rectangle2D box = new Rectangle2D.Double(x, y, width, height);
            if (cell.contains(box) && taken.stream().noneMatch(box::intersects)) {
                graphics.drawString(word, (float) x, (float) y + metrics.getAscent());
                taken.add(box);
                return;
            }
        }
    }
}
