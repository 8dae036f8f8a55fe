package dev.gimbal.command;

import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `gimbal name`: gives the factors of a bundle names that people understand. Its fingerprint
/// stays, so no vector becomes invalid.
@Command(
        name = "name",
        description = "Names the factors of a bundle.",
        mixinStandardHelpOptions = true)
final class NameCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "BUNDLE", description = "folder of the bundle")
    private Path folder = Path.of(".");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "OLD=NEW",
            description = "a factor's present name and its new one")
    private Map<String, String> names = Map.of();

    @Override
    public Integer call() throws IOException {
        ModelBundle bundle = ModelBundle.read(folder);
        List<LatentSpace> spaces = bundle.manifest().latentSpaces();
        for (String old : names.keySet()) {
            if (spaces.stream()
                    .flatMap(s -> s.factors().stream())
                    .noneMatch(f -> f.name().equals(old))) {
                throw new IllegalArgumentException("the bundle has no factor '" + old + "'");
            }
        }
        List<LatentSpace> renamed =
                spaces.stream()
                        .map(space ->
                                new LatentSpace(
                                        space.queries(),
                                        space.target(),
                                        space.factors().stream().map(this::rename).toList()))
                        .toList();
        new ModelBundle(bundle.manifest().withLatentSpaces(renamed), bundle.weights())
                .write(folder);
        return 0;
    }

    private Factor rename(Factor factor) {
        return factor.named(names.getOrDefault(factor.name(), factor.name()));
    }
}
