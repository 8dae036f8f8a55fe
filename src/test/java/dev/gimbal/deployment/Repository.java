package dev.gimbal.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The files of this repository, as tests find them: from the directory that Maven runs in.
final class Repository {
    static final Path CHART = Path.of("helm/gimbal");

    private Repository() {}

    static String text(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> yaml(String path) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text(path));
    }

    /// What stands in a tree of maps under this path of keys.
    @SuppressWarnings("unchecked")
    static <T> T at(Object tree, String... keys) {
        Object found = tree;
        for (String key : keys) {
            found = ((Map<String, Object>) found).get(key);
        }
        return (T) found;
    }
}
