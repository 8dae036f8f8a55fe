package dev.gimbal;

import dev.gimbal.command.GimbalCommand;
import dev.gimbal.embedding.EngineStart;
import org.springframework.boot.SpringApplication;

/// The entry point of everything: the service and the command line.
public final class Gimbal {
    private Gimbal() {}

    /// Runs the command named by the arguments; without one, the service.
    public static void main(String[] args) {
        // the model library reports usage home and downloads, unless told not to
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        // optimising a graph makes first calls slow, and our models hold none
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        System.exit(GimbalCommand.execute(Gimbal::serve, args));
    }

    private static void serve(String[] options) {
        EngineStart.begin();
        SpringApplication.run(GimbalApplication.class, options);
    }
}
