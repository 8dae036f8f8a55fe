package dev.gimbal.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which commit this program was built from.
public final class BuildInfo {
    private BuildInfo() {}

    /// The commit's abbreviated hash, with `-dirty` when files had changed; `unknown` outside a
    /// checkout.
    public static String commit() {
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
