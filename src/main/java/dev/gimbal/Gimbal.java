package dev.gimbal;

import dev.gimbal.command.GimbalCommand;
import picocli.CommandLine;

/// The entry point of everything: the service and the command line.
public final class Gimbal {
    private Gimbal() {}

    /// Runs the command named by the arguments.
    public static void main(String[] args) {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        System.exit(new CommandLine(new GimbalCommand()).execute(args));
    }
}
