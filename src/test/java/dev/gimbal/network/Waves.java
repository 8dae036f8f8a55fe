package dev.gimbal.network;

import ai.djl.ndarray.types.Shape;

/// Parameters with values that any language can write down: entry i of the n-th array is `0.3
/// sin(1.3 n + 0.7 i)`, and 1 plus its square for a variance. The values expected of them in tests
/// were computed by PyTorch 1.13 with the same ones.
final class Waves {
    private Waves() {}

    static void fill(Parameters parameters) {
        int n = 0;
        for (String name : parameters.names()) {
            Shape shape = parameters.get(name).getShape();
            float[] values = new float[(int) shape.size()];
            for (int i = 0; i < values.length; i++) {
                float value = (float) (0.3 * Math.sin(1.3 * n + 0.7 * i));
                values[i] = name.endsWith("running_var") ? 1 + value * value : value;
            }
            parameters.set(name, shape, values);
            n++;
        }
    }
}
