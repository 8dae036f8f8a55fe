package dev.gimbal.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/// Requests that are sent at a steady rate, whether or not the ones before were answered, as
/// callers do who know nothing of each other. Times are from when a request was due, so that a
/// sender that falls behind makes nothing look better, until its answer.
///
/// @param call sends one and gives its status
/// @param mostAtOnce connections that this machine can keep open; a request beyond them is not sent
record OpenLoop(IntSupplier call, int mostAtOnce) {
    /// Before a caller who was refused asks again.
    private static final Duration PAUSE = Duration.ofMillis(20);

    /// One answer.
    record Answer(int status, double millis) {}

    /// What came back.
    ///
    /// @param sent requests a second that were sent in fact
    record Result(double sent, List<Answer> answers) {
        List<Double> times(int status) {
            return answers.stream()
                    .filter(answer -> answer.status() == status)
                    .map(Answer::millis)
                    .sorted()
                    .toList();
        }

        double share(int status) {
            return answers.isEmpty() ? 0 : times(status).size() / (double) answers.size();
        }
    }

    /// Sends so many a second for a while, and waits for the answers.
    Result run(double rate, Duration time) throws InterruptedException {
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        Semaphore places = new Semaphore(mostAtOnce);
        long start = System.nanoTime();
        long sent = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long due = 0; System.nanoTime() - start < time.toNanos(); due++) {
                long at = start + (long) (due / rate * 1e9);
                LockSupport.parkNanos(at - System.nanoTime());
                if (places.tryAcquire()) {
                    sent++;
                    threads.execute(() -> answers.add(timed(at, places)));
                }
            }
        }
        return new Result(sent / seconds(time), List.copyOf(answers));
    }

    /// How many a second are answered when so many callers wait for each answer before they ask
    /// again.
    double capacity(int callers, Duration time) throws InterruptedException {
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + time.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                while (System.nanoTime() < end) {
                                    Answer answer = timed(System.nanoTime(), new Semaphore(0));
                                    answers.add(answer);
                                    if (answer.status() != 200) {
                                        LockSupport.parkNanos(PAUSE.toNanos());
                                    }
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Result(0, List.copyOf(answers)).times(200).size() / seconds(time);
    }

    private Answer timed(long due, Semaphore places) {
        try {
            return new Answer(call.getAsInt(), (System.nanoTime() - due) / 1e6);
        } finally {
            places.release();
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
