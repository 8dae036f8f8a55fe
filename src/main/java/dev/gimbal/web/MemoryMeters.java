package dev.gimbal.web;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// The process's memory as the system sees it, native memory included: `gimbal.memory.resident`,
/// and `gimbal.memory.limit`, the container's or the machine's, both in bytes.
@Component
final class MemoryMeters implements MeterBinder {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int KIBIBYTE = 1024;

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("gimbal.memory.resident", MemoryMeters::resident)
                .description("resident memory of the process, native memory included")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("gimbal.memory.limit", MemoryMeters::limit)
                .description("memory of the container, or of the machine")
                .baseUnit("bytes")
                .register(registry);
    }

    /// NaN where the system does not tell.
    private static double resident() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * KIBIBYTE)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException _) {
            return Double.NaN;
        }
    }

    private static double limit() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }
}
