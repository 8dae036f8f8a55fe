package dev.gimbal.command;

import dev.gimbal.training.EpochRecord;
import dev.gimbal.training.TrainingListener;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows a training on the terminal, one bar for each epoch and one line when it is done; Ctrl-C
/// asks it to stop.
final class TrainingProgress implements TrainingListener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final Thread hook;
    private final CountDownLatch done = new CountDownLatch(1);
    private final boolean interactive = System.console() != null && System.console().isTerminal();
    private @Nullable ProgressBar bar;

    TrainingProgress() {
        hook =
                new Thread(() -> {
                    stop.set(true);
                    try {
                        done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void step(String stage, int epoch, double share) {
        if (!interactive) {
            return;
        }
        if (bar == null) {
            bar =
                    new ProgressBarBuilder()
                            .setTaskName(stage + " " + epoch)
                            .setInitialMax(100)
                            .setStyle(ProgressBarStyle.ASCII)
                            .build();
        }
        bar.stepTo(Math.round(share * 100));
    }

    @Override
    public void warning(String message) {
        closeBar();
        System.err.println("warning: " + message);
    }

    @Override
    public void epoch(EpochRecord record) {
        closeBar();
        System.out.printf(
                Locale.ROOT,
                "%-12s %4d | %s | %s%n",
                record.stage(),
                record.epoch(),
                format(record.losses()),
                format(record.validation()));
    }

    @Override
    public boolean stopRequested() {
        return stop.get();
    }

    private static String format(Map<String, Double> values) {
        return values.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.4g", e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void closeBar() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    @Override
    public void close() {
        closeBar();
        done.countDown();
        if (!stop.get()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
