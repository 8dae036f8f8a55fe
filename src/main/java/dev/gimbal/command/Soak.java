package dev.gimbal.command;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;

/// A part of the load that a service can carry, for minutes, with uploads beside it: do errors
/// come, does its memory grow?
///
/// What it can carry is measured first: so many queries a second as a few clients get answered that
/// each ask again at once. Then the same clients send at given times, each as soon as its last
/// query is answered; where the service falls behind, queries leave late. A query's time counts
/// from when it was due.
final class Soak {
    private static final int CLIENTS = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration BETWEEN_UPLOADS = Duration.ofSeconds(2);

    /// One call of the service.
    interface Call {
        void send() throws IOException;
    }

    /// Resident memory of the service now, in kB.
    interface Resident {
        long kilobytes() throws IOException;
    }

    /// What it came to.
    ///
    /// @param most queries a second that it could carry
    /// @param rate queries a second that were due
    /// @param seconds from the first query to the last answer
    /// @param answered queries, without those that failed
    /// @param millis median and 99th percentile of those
    /// @param errors by message, those of uploads too
    /// @param resident at the end of each minute, in kB
    record Outcome(
            double most,
            double rate,
            double seconds,
            long answered,
            double[] millis,
            long uploads,
            Map<String, Long> errors,
            List<Long> resident) {

        /// Queries a second that were answered in fact.
        double answeredASecond() {
            return answered / seconds;
        }

        /// The last minute's memory over the first one's.
        double growth() {
            return (double) resident.getLast() / resident.getFirst();
        }
    }

    private final RemoteService service;
    private final Call query;
    private final Resident resident;
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
    private final LongAdder uploads = new LongAdder();
    private volatile boolean over;

    Soak(RemoteService service, Call query, Resident resident) {
        this.service = service;
        this.query = query;
        this.resident = resident;
    }

    /// Runs it.
    ///
    /// @param share of what the service can carry
    /// @param lines items that are uploaded again and again
    Outcome run(String collection, Path lines, double share, int minutes)
            throws IOException, InterruptedException {
        repeated(WARM_UP);
        double most = repeated(MEASURED) / (MEASURED.toMillis() / 1e3);
        errors.clear();
        double rate = share * most;
        List<Long> memory = new ArrayList<>();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> uploading = threads.submit(() -> upload(collection, lines));
            AtomicLong next = new AtomicLong();
            for (int client = 0; client < CLIENTS; client++) {
                threads.submit(() -> sendOnTime(start, rate, next));
            }
            for (int minute = 1; minute <= minutes; minute++) {
                sleepUntil(start + Duration.ofMinutes(minute).toNanos());
                memory.add(resident.kilobytes());
                System.err.printf("minute %d: resident %d kB%n", minute, memory.getLast());
            }
            over = true;
            uploading.cancel(true);
        }
        return new Outcome(
                most,
                rate,
                (System.nanoTime() - start) / 1e9,
                millis.size(),
                percentiles(),
                uploads.sum(),
                counted(),
                memory);
    }

    /// @return how many queries the clients got answered, each asking again at once
    long repeated(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        LongAdder answered = new LongAdder();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < CLIENTS; client++) {
                threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        if (attempt(query)) {
                            answered.increment();
                        }
                    }
                });
            }
        }
        return answered.sum();
    }

    private void sendOnTime(long start, double rate, AtomicLong next) {
        while (!over) {
            long due = start + (long) (next.getAndIncrement() * 1e9 / rate);
            try {
                sleepUntil(due);
            } catch (InterruptedException _) {
                return;
            }
            if (attempt(query)) {
                millis.add((System.nanoTime() - due) / 1e6);
            }
        }
    }

    private void upload(String collection, Path lines) {
        String path = "/v1/collections/" + RemoteService.encode(collection) + "/items";
        while (!over) {
            attempt(() -> {
                String operation =
                        service.postLines(path, BodyPublishers.ofFile(lines))
                                .path("operation")
                                .asString();
                requireSuccess(operation);
                uploads.increment();
            });
            pause(BETWEEN_UPLOADS);
        }
    }

    private void requireSuccess(String operation) throws IOException {
        JsonNode state = service.get("/v1/operations/" + operation);
        while ("QUEUED RUNNING".contains(state.path("state").asString())) {
            pause(Duration.ofMillis(100));
            state = service.get("/v1/operations/" + operation);
        }
        long rejected = state.path("result").path("rejected").asLong();
        if (!state.path("state").asString().equals("SUCCEEDED") || rejected > 0) {
            throw new IOException("an upload came to " + state);
        }
    }

    /// Whether it came to an answer.
    private boolean attempt(Call call) {
        try {
            call.send();
            return true;
        } catch (IOException | RuntimeException e) {
            if (!over) {
                errors.computeIfAbsent(String.valueOf(e.getMessage()), _ -> new LongAdder())
                        .increment();
            }
            return false;
        }
    }

    private Map<String, Long> counted() {
        Map<String, Long> counted = new TreeMap<>();
        errors.forEach((message, count) -> counted.put(message, count.sum()));
        return counted;
    }

    private double[] percentiles() {
        double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(new double[] {0.5, 0.99})
                .map(p -> sorted.length == 0 ? Double.NaN : sorted[(int) (p * (sorted.length - 1))])
                .toArray();
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The first items of a collection as lines, in a file that goes with this process.
    static Path lines(RemoteService service, String collection, int count) throws IOException {
        Path file = Files.createTempFile("gimbal-soak-", ".ndjson");
        file.toFile().deleteOnExit();
        String path = "/v1/collections/" + RemoteService.encode(collection) + "/items/export";
        Files.write(file, service.lines(path, count));
        return file;
    }
}
