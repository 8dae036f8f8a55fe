package dev.gimbal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TSneTest {
    private static final int CLUSTERS = 4;

    /// 30 points around each of four corners that are ten deviations apart, in ten dimensions;
    /// point i is of cluster `i % 4`.
    private static float[][] clusters() {
        Random random = new Random(1);
        return IntStream.range(0, 30 * CLUSTERS)
                .mapToObj(i -> {
                    float[] point = new float[10];
                    for (int k = 0; k < point.length; k++) {
                        point[k] = (float) random.nextGaussian() + (k == i % CLUSTERS ? 10 : 0);
                    }
                    return point;
                })
                .toArray(float[][]::new);
    }

    @Test
    void clustersStayTogetherAndApartFromOthers() {
        double[][] map = TSne.of(clusters(), 10, 1);

        for (int i = 0; i < map.length; i++) {
            for (int j = 0; j < map.length; j++) {
                double away = distance(map[i], centre(map, j % CLUSTERS));
                if (i % CLUSTERS == j % CLUSTERS) {
                    continue;
                }
                assertThat(distance(map[i], centre(map, i % CLUSTERS))).isLessThan(away / 2);
            }
        }
    }

    private static double[] centre(double[][] map, int cluster) {
        double[] centre = new double[2];
        for (int i = cluster; i < map.length; i += CLUSTERS) {
            centre[0] += map[i][0] / 30;
            centre[1] += map[i][1] / 30;
        }
        return centre;
    }

    private static double distance(double[] a, double[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }

    @Test
    void aSeedRepeatsTheMapAndTheMapIsCentred() {
        double[][] map = TSne.of(clusters(), 10, 3);

        assertThat(TSne.of(clusters(), 10, 3)).isDeepEqualTo(map);
        double sum = 0;
        for (double[] place : map) {
            sum += place[0];
        }
        assertThat(sum).isCloseTo(0, within(1e-6));
    }

    /// Corners of a simplex are all as far from one another.
    @Test
    void equallyDistantPointsHaveEqualAffinities() {
        float[][] corners = new float[10][10];
        for (int i = 0; i < 10; i++) {
            corners[i][i] = 3;
        }
        double[][] affinities = TSne.affinities(corners, 3);

        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 10; j++) {
                assertThat(affinities[i][j]).isCloseTo(i == j ? 0 : 1 / 90.0, within(1e-9));
            }
        }
    }

    /// On a long line each point has two neighbours at 1, two at 2 and so on: with the precision b
    /// that gives the perplexity, `p` falls as `exp(-b d^2)`.
    @Test
    void affinitiesFallAsAGaussianOfThePerplexitysWidth() {
        float[][] line = new float[201][1];
        for (int i = 0; i < 201; i++) {
            line[i][0] = i;
        }
        double[] p = TSne.affinities(line, 8)[100];

        double precision = -Math.log(p[102] / p[101]) / 3;
        assertThat(p[104] / p[101]).isCloseTo(Math.exp(-15 * precision), within(1e-4));
        double entropy = 0;
        double sum = IntStream.range(0, 201).mapToDouble(j -> p[j]).sum();
        for (double share : p) {
            entropy -= share > 0 ? share / sum * Math.log(share / sum) : 0;
        }
        assertThat(Math.exp(entropy)).isCloseTo(8, within(.01));
        double[] edge = TSne.affinities(line, 8)[0];
        assertThat(edge[1]).isGreaterThan(edge[2]);
    }

    @Test
    void tooFewPointsForThePerplexityAreRefused() {
        assertThatThrownBy(() -> TSne.of(new float[30][2], 30, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30 points");
    }
}
