package dev.gimbal.training;

import org.ejml.simple.SimpleMatrix;

/// Order and signs of axes that were found in no particular order.
final class AxisOrder {
    private AxisOrder() {}

    /// The permutation, with signs, that gives each row of an unmixing the place of the input
    /// coordinate in which it is strongest, greedily, and makes that entry positive. So neither
    /// depends on where a search started.
    ///
    /// @param unmixing `[latent, latent]`
    /// @return P; `P unmixing` is in order
    static SimpleMatrix of(SimpleMatrix unmixing) {
        int d = unmixing.getNumRows();
        SimpleMatrix order = new SimpleMatrix(d, d);
        SimpleMatrix share = new SimpleMatrix(d, d);
        for (int i = 0; i < d; i++) {
            SimpleMatrix row = unmixing.extractVector(true, i);
            share.setRow(i, row.divide(row.normF()));
        }
        boolean[] rowTaken = new boolean[d];
        boolean[] columnTaken = new boolean[d];
        for (int turn = 0; turn < d; turn++) {
            int strongest = strongest(share, rowTaken, columnTaken);
            int row = strongest / d;
            int column = strongest % d;
            rowTaken[row] = true;
            columnTaken[column] = true;
            order.set(column, row, share.get(row, column) < 0 ? -1 : 1);
        }
        return order;
    }

    private static int strongest(SimpleMatrix share, boolean[] rowTaken, boolean[] columnTaken) {
        int d = rowTaken.length;
        int strongest = -1;
        double largest = -1;
        for (int i = 0; i < d * d; i++) {
            double size = Math.abs(share.get(i / d, i % d));
            if (!rowTaken[i / d] && !columnTaken[i % d] && size > largest) {
                largest = size;
                strongest = i;
            }
        }
        return strongest;
    }
}
