package dev.gimbal.preprocessing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import dev.gimbal.network.Parameters;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/// Principal components of rows (Pearson 1901), scaled together so that what the rows vary in all
/// has variance 1: `y = C (x - m) / s`. Of term frequencies these are latent semantic analysis
/// (Deerwester et al. 1990), centred.
///
/// @param mean m, `[entries]`
/// @param components C, orthonormal rows, strongest first, `[components][entries]`; rows of zeros
///   where the training rows vary in fewer directions
/// @param deviation s, root of the whole variance
record PrincipalComponents(float[] mean, float[][] components, double deviation) {
    private static final double LEAST = 1e-9;

    /// Rows that are looked at: the directions of more would hardly differ, and take long.
    private static final int MOST = 4_000;

    /// Those of these rows.
    ///
    /// @param all `[example][entries]`; of many, 4,000 evenly chosen ones decide
    static PrincipalComponents fit(float[][] all, int count) {
        float[][] rows = chosen(all);
        int entries = rows[0].length;
        double[] mean = new double[entries];
        for (float[] row : rows) {
            for (int i = 0; i < entries; i++) {
                mean[i] += row[i] / (double) rows.length;
            }
        }
        DMatrixRMaj centred = new DMatrixRMaj(rows.length, entries);
        double squares = 0;
        for (int r = 0; r < rows.length; r++) {
            for (int i = 0; i < entries; i++) {
                double value = rows[r][i] - mean[i];
                centred.data[r * entries + i] = value;
                squares += value * value;
            }
        }
        float[] origin = new float[entries];
        for (int i = 0; i < entries; i++) {
            origin[i] = (float) mean[i];
        }
        return new PrincipalComponents(
                origin,
                directions(centred, count),
                Math.sqrt(Math.max(squares, LEAST) / rows.length));
    }

    private static float[][] chosen(float[][] rows) {
        int n = Math.min(rows.length, MOST);
        return IntStream.range(0, n)
                .mapToObj(i -> rows[(int) ((long) i * rows.length / n)])
                .toArray(float[][]::new);
    }

    /// Right singular vectors, from the smaller of the two products of the matrix with itself.
    private static float[][] directions(DMatrixRMaj centred, int count) {
        boolean wide = centred.numCols > centred.numRows;
        int n = Math.min(centred.numCols, centred.numRows);
        DMatrixRMaj product = new DMatrixRMaj(n, n);
        if (wide) {
            CommonOps_DDRM.multOuter(centred, product);
        } else {
            CommonOps_DDRM.multInner(centred, product);
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(product)) {
            throw new IllegalArgumentException(
                    "principal components of values that are not finite");
        }
        int[] order =
                IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double least = LEAST * Math.max(eigen.getEigenvalue(order[0]).getReal(), LEAST);
        float[][] directions = new float[count][centred.numCols];
        for (int k = 0; k < Math.min(count, n); k++) {
            double variance = eigen.getEigenvalue(order[k]).getReal();
            if (variance > least) {
                DMatrixRMaj vector = Objects.requireNonNull(eigen.getEigenVector(order[k]));
                directions[k] = direction(centred, vector, wide);
            }
        }
        return directions;
    }

    /// A unit vector whose largest entry is positive, so that the sign is not the solver's.
    private static float[] direction(DMatrixRMaj centred, DMatrixRMaj vector, boolean wide) {
        DMatrixRMaj direction = vector;
        if (wide) {
            direction = new DMatrixRMaj(centred.numCols, 1);
            CommonOps_DDRM.multTransA(centred, vector, direction);
        }
        double norm = Math.sqrt(Arrays.stream(direction.data).map(v -> v * v).sum());
        double largest =
                Arrays.stream(direction.data)
                        .reduce(0, (a, b) -> Math.abs(b) > Math.abs(a) ? b : a);
        float[] unit = new float[direction.data.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (direction.data[i] / norm * Math.signum(largest));
        }
        return unit;
    }

    /// Creates the arrays that [#write] sets.
    static void initialise(Parameters parameters, String name, int entries, int count) {
        new PrincipalComponents(new float[entries], new float[count][entries], 1)
                .write(parameters, name);
    }

    /// Keeps `m` and `C / s` under `name.`.
    void write(Parameters parameters, String name) {
        int entries = mean.length;
        float[] flat = new float[components.length * entries];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) (components[i / entries][i % entries] / deviation);
        }
        parameters.set(name + ".mean", new Shape(entries), mean);
        parameters.set(name + ".components", new Shape(components.length, entries), flat);
    }

    /// `[batch, entries] -> [batch, components]`.
    static NDArray apply(Parameters parameters, String name, NDArray rows) {
        NDArray centred = rows.sub(parameters.get(name + ".mean"));
        return Linear.linear(centred, parameters.get(name + ".components")).singletonOrThrow();
    }
}
