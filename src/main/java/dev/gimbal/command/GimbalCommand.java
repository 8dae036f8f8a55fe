package dev.gimbal.command;

import picocli.CommandLine.Command;

/// `gimbal`: every job of the program by name.
@Command(
        name = "gimbal",
        description = "Cross-modal retrieval that can be steered.",
        mixinStandardHelpOptions = true,
        subcommands = {TrainCommand.class, EvaluateCommand.class})
public final class GimbalCommand {}
