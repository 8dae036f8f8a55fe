package dev.gimbal.preprocessing;

/// A square picture's pixels divided into cells.
///
/// @param count how many cells
/// @param of the cell of each pixel, row by row
record Cells(int count, int[] of) {
    /// A corner's distance from the centre is 1; rings share what lies within this.
    private static final double OUTERMOST = 0.85;

    /// `parts` x `parts` squares.
    static Cells grid(int side, int parts) {
        int[] of = new int[side * side];
        for (int i = 0; i < of.length; i++) {
            of[i] = i / side * parts / side * parts + i % side * parts / side;
        }
        return new Cells(parts * parts, of);
    }

    /// Rings around the centre, equally wide; the last one has the corners too.
    static Cells rings(int side, int rings) {
        int[] of = new int[side * side];
        for (int i = 0; i < of.length; i++) {
            double y = (i / side + 0.5) / side * 2 - 1;
            double x = (i % side + 0.5) / side * 2 - 1;
            double distance = Math.sqrt((x * x + y * y) / 2);
            of[i] = Math.min((int) (distance * rings / OUTERMOST), rings - 1);
        }
        return new Cells(rings, of);
    }
}
