package dev.gimbal.traversal;

import dev.gimbal.dataset.ImageWriter;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/// A traversal as one picture, laid out as in Fig. 2 of Kim et al. 2020: the query on top, one
/// column for each factor, one row for each step.
///
/// @param query what was asked for
/// @param columns one for each factor, all of the same number of steps
public record ContactSheet(List<Picture> query, List<Column> columns) {
    private static final int CELL = 96;
    private static final int GAP = 8;
    private static final int MARGIN = 12;
    private static final int HEADING = 22;
    private static final int AXIS = 48;
    private static final Color PAPER = Color.WHITE;
    private static final Color INK = new Color(0x222222);
    private static final Color FRAME = new Color(0xBBBBBB);

    /// The hits of one factor's steps.
    ///
    /// @param name of the factor
    /// @param positions where each step stands, in aggregated deviations
    public record Column(String name, double[] positions, List<Picture> steps) {
        public Column {
            steps = List.copyOf(steps);
            if (steps.size() != positions.length) {
                throw new IllegalArgumentException(
                        steps.size() + " steps at " + positions.length + " positions");
            }
        }
    }

    public ContactSheet {
        query = List.copyOf(query);
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a sheet has at least one column");
        }
    }

    /// The sheet as PNG.
    public byte[] png() {
        return ImageWriter.png(image());
    }

    /// The sheet as an image.
    BufferedImage image() {
        int rows = columns.getFirst().steps().size();
        int across = Math.max(columns.size(), query.size());
        BufferedImage image =
                new BufferedImage(
                        2 * MARGIN + AXIS + across * (CELL + GAP) - GAP,
                        2 * MARGIN + 2 * HEADING + CELL + GAP + rows * (CELL + GAP) - GAP,
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            graphics.setColor(PAPER);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            drawQuery(graphics);
            for (int c = 0; c < columns.size(); c++) {
                drawColumn(graphics, c);
            }
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private void drawQuery(Graphics2D graphics) {
        text(graphics, "query", MARGIN + AXIS, MARGIN, CELL, HEADING);
        for (int i = 0; i < query.size(); i++) {
            draw(graphics, query.get(i), left(i), MARGIN + HEADING);
        }
    }

    private void drawColumn(Graphics2D graphics, int c) {
        Column column = columns.get(c);
        int top = MARGIN + HEADING + CELL + GAP;
        text(graphics, column.name(), left(c), top, CELL, HEADING);
        for (int s = 0; s < column.steps().size(); s++) {
            int y = top + HEADING + s * (CELL + GAP);
            draw(graphics, column.steps().get(s), left(c), y);
            if (c == 0) {
                String position = String.format(Locale.ROOT, "%+.1f", column.positions()[s]);
                text(graphics, position, MARGIN, y, AXIS - GAP, CELL);
            }
        }
    }

    private static int left(int column) {
        return MARGIN + AXIS + column * (CELL + GAP);
    }

    private static void draw(Graphics2D graphics, Picture picture, int x, int y) {
        switch (picture) {
            case Picture.Raster(BufferedImage raster) -> {
                double scale = (double) CELL / Math.max(raster.getWidth(), raster.getHeight());
                int width = Math.max(1, (int) Math.round(raster.getWidth() * scale));
                int height = Math.max(1, (int) Math.round(raster.getHeight() * scale));
                graphics.drawImage(
                        raster,
                        x + (CELL - width) / 2,
                        y + (CELL - height) / 2,
                        width,
                        height,
                        null);
            }
            case Picture.Label(String words) -> text(graphics, words, x, y, CELL, CELL);
        }
        graphics.setColor(FRAME);
        graphics.drawRect(x, y, CELL - 1, CELL - 1);
    }

    /// Words centred in a box, cut where they would leave it.
    private static void text(
            Graphics2D graphics, String words, int x, int y, int width, int height) {
        FontMetrics metrics = graphics.getFontMetrics();
        String shown = words;
        while (shown.length() > 1 && metrics.stringWidth(shown) > width) {
            shown = shown.substring(0, shown.length() - 2) + "\u2026";
        }
        graphics.setColor(INK);
        graphics.drawString(
                shown,
                x + (width - metrics.stringWidth(shown)) / 2,
                y + (height - metrics.getHeight()) / 2 + metrics.getAscent());
    }
}
