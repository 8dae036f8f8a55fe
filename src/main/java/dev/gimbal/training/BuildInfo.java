package dev.gimbal.training;

import ai.djl.engine.Engine;
import dev.gimbal.bundle.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// Which program this is, as results tell it.
final class BuildInfo {
    private BuildInfo() {}

    /// What was trained just now, by this program.
    ///
    /// @param dataset name of the data set
    /// @param fingerprint of its content
    static Provenance provenance(
            String dataset,
            String fingerprint,
            long seed,
            Map<String, Object> settings,
            double seconds) {
        return new Provenance(
                dataset, fingerprint, seed, commit(), versions(), settings, Instant.now(), seconds);
    }

    /// Versions of what computed the weights.
    private static Map<String, String> versions() {
        Engine engine = Engine.getInstance();
        return new TreeMap<>(
                Map.of(
                        "engine", engine.getEngineName() + " " + engine.getVersion(),
                        "djl", Engine.getDjlVersion(),
                        "java", Runtime.version().toString(),
                        "architecture", System.getProperty("os.arch")));
    }

    /// The commit's abbreviated hash, with `-dirty` when files had changed; `unknown` outside a
    /// checkout.
    private static String commit() {
        try (InputStream in = BuildInfo.class.getResourceAsStream("/git.properties")) {
            if (in == null) {
                return "unknown";
            }
            Properties properties = new Properties();
            properties.load(in);
            String commit = properties.getProperty("git.commit.id.abbrev", "unknown");
            return Boolean.parseBoolean(properties.getProperty("git.dirty"))
                    ? commit + "-dirty"
                    : commit;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
