package dev.gimbal.embedding;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where native arrays live.
public enum DeviceChoice {
    /// A GPU when there is one.
    AUTO,
    CPU,
    /// A GPU; falls back to the CPU with a warning.
    GPU;

    private static final Logger LOG = LoggerFactory.getLogger(DeviceChoice.class);

    /// The device of this machine that the choice comes to.
    public Device resolve() {
        boolean present = this != CPU && Engine.getInstance().getGpuCount() > 0;
        if (this == GPU && !present) {
            LOG.warn("gimbal: device 'gpu' was asked for and none is usable; running on the CPU");
        }
        return present ? Device.gpu() : Device.cpu();
    }
}
