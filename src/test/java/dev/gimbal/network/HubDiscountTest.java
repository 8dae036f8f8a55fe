package dev.gimbal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class HubDiscountTest {
    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    /// Partners at 0, 60 and 90 degrees, so (1, 0) has the cosines 1, 1/2 and 0, and (-1, 0) is
    /// near to none.
    private float[] of(boolean second, float x, float y) {
        HubDiscount network = new HubDiscount(new Identity(2), 3, 2, 2, second);
        Parameters parameters = Forward.initialised(network, manager, 1);
        float root = (float) (Math.sqrt(3) / 2);
        parameters.set(
                HubDiscount.partners("net"), new Shape(2, 3), new float[] {1, .5f, 0, 0, root, 1});
        return Rows.of(
                network.forward(
                        parameters, "net", Rows.matrix(manager, List.of(new float[] {x, y}))))[0];
    }

    @Test
    void theMeanOverTheNearestPartnersIsWrittenWhereTheOtherSideHasNought() {
        assertThat(of(false, 4, 0)).containsExactly(new float[] {1, 0, 1.5f, 0}, within(1e-6f));
        assertThat(of(true, 4, 0)).containsExactly(new float[] {1, 0, 0, 1.5f}, within(1e-6f));
    }

    @Test
    void whatIsNearToNobodyIsLeftAsItIs() {
        assertThat(of(false, -3, 0)).containsExactly(new float[] {-1, 0, 0, 0}, within(1e-6f));
    }

    @Test
    void thereAreAsManyNeighboursAsPartnersAtMost() {
        assertThatThrownBy(() -> new HubDiscount(new Identity(2), 3, 4, 1, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 neighbours among 3 partners");
    }
}
