package dev.gimbal.embedding;

import dev.gimbal.bundle.Bundles;
import dev.gimbal.dataset.Value;
import dev.gimbal.family.Family;
import dev.gimbal.family.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/// Asks a small model and prints the process's resident set, in kB, after so many queries. The heap
/// must be of fixed size and touched at the start, or its growth hides what native memory does.
///
/// The long version, from the repository's root after `./mvnw test-compile
/// dependency:build-classpath -Dmdep.outputFile=target/classpath`:
///
/// `java --enable-native-access=ALL-UNNAMED -Dai.djl.offline=true -Xms256m -Xmx256m
/// -XX:+AlwaysPreTouch -cp target/test-classes:target/classes:$(cat target/classpath)
/// dev.gimbal.embedding.MemoryOverQueries 10000 100000`
final class MemoryOverQueries {
    private MemoryOverQueries() {}

    public static void main(String[] counts) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        EmbeddingSettings settings = new EmbeddingSettings(DeviceChoice.CPU, 16, 256, Set.of());
        try (Embedder embedder = new Embedder(Bundles.of(Family.RIVAE, 1), settings)) {
            int done = 0;
            for (String count : counts) {
                for (; done < Integer.parseInt(count); done++) {
                    float[] query = new float[Models.QUERY_SIZE];
                    for (int i = 0; i < query.length; i++) {
                        query[i] = (float) random.nextGaussian();
                    }
                    Posterior posterior = embedder.infer("x2", Map.of("x1", Value.of(query)));
                    embedder.locate("x2", List.of(posterior.mean()));
                }
                System.gc();
                System.out.println(done + " queries, resident kB: " + residentKilobytes());
            }
        }
    }

    private static long residentKilobytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
