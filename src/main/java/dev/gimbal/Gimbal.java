package dev.gimbal;

import ai.djl.engine.Engine;

/** Probe. */
public final class Gimbal {
    private Gimbal() {}

    /** Main. */
    public static void main(String[] args) {
        System.out.println(Engine.getInstance());
    }
}
