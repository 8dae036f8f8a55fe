package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;

/// `log(1/n sum_i exp(x_i))`, without overflow and differentiable.
public final class LogMeanExp {
    private LogMeanExp() {}

    /// Of several arrays of one shape, entry by entry.
    public static NDArray of(List<NDArray> logs) {
        if (logs.size() == 1) {
            return logs.getFirst();
        }
        NDArray stacked = NDArrays.stack(new NDList(logs), 0);
        NDArray greatest = stacked.max(new int[] {0}).stopGradient();
        return stacked.sub(greatest.expandDims(0)).exp().mean(new int[] {0}).log().add(greatest);
    }
}
