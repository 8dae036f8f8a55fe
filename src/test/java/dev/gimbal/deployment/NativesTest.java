package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docker/extract-natives` on jars of the same form as the real ones, but small.
class NativesTest {
    private static final String DESCRIPTION = "version=2.7.1-2025\nflavor=%s\n";

    @TempDir private Path scratch;
    private Path lib;

    private void jar(String name, Map<String, String> entries) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(lib.resolve(name)))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
    }

    @BeforeEach
    void jars() throws IOException {
        lib = Files.createDirectory(scratch.resolve("lib"));
        jar("api-0.35.1.jar", Map.of("a", ""));
        for (String flavor : new String[] {"cpu", "cu118"}) {
            jar(
                    "pytorch-native-" + flavor + "-2.7.1-linux-x86_64.jar",
                    Map.of(
                            "native/lib/pytorch.properties",
                            DESCRIPTION.formatted(flavor),
                            "pytorch/" + flavor + "/linux-x86_64/libtorch.so",
                            "torch " + flavor));
        }
        jar(
                "pytorch-jni-2.7.1-0.35.1.jar",
                Map.of(
                        "jnilib/linux-x86_64/cpu/libdjl_torch.so", "jni cpu",
                        "jnilib/linux-x86_64/cu118/libdjl_torch.so", "jni cu118"));
        jar("jna-5.17.0.jar", Map.of("com/sun/jna/linux-x86-64/libjnidispatch.so", "jna"));
    }

    private String extracted(String... files) throws Exception {
        ProcessBuilder command =
                new ProcessBuilder("docker/extract-natives", lib.toString(), scratch + "/natives")
                        .redirectErrorStream(true)
                        .redirectOutput(scratch.resolve("log").toFile());
        command.environment()
                .merge(
                        "PATH",
                        System.getProperty("java.home") + "/bin",
                        (old, jdk) -> jdk + ":" + old);
        Process process = command.start();
        assertThat(process.waitFor()).as(Files.readString(scratch.resolve("log"))).isZero();
        return String.join(
                " ",
                Stream.of(files)
                        .map(file -> scratch.resolve("natives").resolve(file))
                        .map(NativesTest::read)
                        .toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "none";
        }
    }

    @Test
    void everyFlavourLiesWhereTheLibraryLooksForIt() throws Exception {
        jar(
                "tokenizers-0.35.1.jar",
                Map.of(
                        "native/lib/tokenizers.properties", "version=0.21.0-0.35.1\n",
                        "native/lib/linux-x86_64/cpu/libtokenizers.so", "tokenizers"));

        assertThat(
                        extracted(
                                "pytorch/2.7.1-2025-cpu-linux-x86_64/libtorch.so",
                                "pytorch/2.7.1-2025-cpu-linux-x86_64/0.35.1-libdjl_torch.so",
                                "pytorch/2.7.1-2025-cu118-linux-x86_64/libtorch.so",
                                "pytorch/2.7.1-2025-cu118-linux-x86_64/0.35.1-libdjl_torch.so",
                                "tokenizers/0.21.0-0.35.1-cpu-linux-x86_64/libtokenizers.so",
                                "jna/libjnidispatch.so"))
                .isEqualTo("torch cpu jni cpu torch cu118 jni cu118 tokenizers jna");
    }

    @Test
    void tokenizersOfTheOlderLibraryHaveNoFlavour() throws Exception {
        jar(
                "tokenizers-0.25.0.jar",
                Map.of(
                        "native/lib/tokenizers.properties", "version=0.14.1-0.25.0\n",
                        "native/lib/linux-x86_64/libtokenizers.so", "tokenizers"));

        assertThat(extracted("tokenizers/0.14.1-0.25.0-linux-x86_64/libtokenizers.so"))
                .isEqualTo("tokenizers");
    }

    @Test
    void theJarsKeepTheirDescriptionAlone() throws Exception {
        tokenizersOfTheOlderLibraryHaveNoFlavour();

        try (JarFile jar =
                new JarFile(lib.resolve("pytorch-native-cu118-2.7.1-linux-x86_64.jar").toFile())) {
            assertThat(jar.getEntry("native/lib/pytorch.properties")).isNotNull();
            assertThat(jar.getEntry("pytorch/cu118/linux-x86_64/libtorch.so")).isNull();
        }
    }
}
