package dev.gimbal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraversalResultTest {

    @Test
    void ofManyLatentsThoseCountThatFollowAFactorMostClosely() {
        double[][] all = {{.1}, {.9}, {.2}, {.3}, {.8}};

        TraversalResult result = TraversalResult.of(List.of("a"), all);

        assertThat(result.latents()).containsExactly(1, 3, 4);
        assertThat(result.correlations()).isDeepEqualTo(new double[][] {{.9}, {.3}, {.8}});
    }

    @Test
    void asManyLatentsAsFactorsAllCount() {
        double[][] all = {{1, 0}, {0, 1}};

        TraversalResult result = TraversalResult.of(List.of("a", "b"), all);

        assertThat(result.latents()).containsExactly(0, 1);
        assertThat(result.correlations()).isDeepEqualTo(all);
        assertThat(result.dci().disentanglement()).isGreaterThan(.99);
    }
}
