package dev.gimbal.training;

import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// True factors of a few training examples, given by the user or the data's own first ones: what
/// the alignment by Procrustes learns from, the only step of a training of a paired model that
/// reads labels. (Of generative models the matching loss does; see [VaeSettings.Matching].)
///
/// @param names of the factors; the bundle's knobs get them
/// @param values by id of the example, `[factor]`
public record Labels(List<String> names, Map<String, float[]> values) {

    /// The labelled examples as they lie in the training split.
    ///
    /// @param positions within the split
    /// @param factors `[position][factor]`
    record Rows(int[] positions, float[][] factors) {}

    public Labels {
        names = List.copyOf(names);
        values = new LinkedHashMap<>(values);
    }

    /// The true factors of a data set's first training examples.
    static Labels first(MultimodalDataset dataset, int examples) {
        FactorTable factors = dataset.factors(Split.TRAIN);
        if (factors.isEmpty()) {
            throw new BadInputException(
                    "labelled",
                    examples,
                    "needs true factors, and " + dataset.name() + " has none");
        }
        if (examples > dataset.size(Split.TRAIN)) {
            throw new BadInputException(
                    "labelled",
                    examples,
                    "is more than the %d training examples".formatted(dataset.size(Split.TRAIN)));
        }
        Map<String, float[]> values = new LinkedHashMap<>();
        for (int i = 0; i < examples; i++) {
            values.put(dataset.example(Split.TRAIN, i).id(), factors.values()[i]);
        }
        return new Labels(factors.names(), values);
    }

    /// Reads a CSV file: a header `id,FACTOR,...`, then one line for each example.
    ///
    /// @throws BadInputException naming file and line
    public static Labels read(Path file) {
        List<String> lines = TextFile.lines("labels", file);
        List<String> header = lines.isEmpty() ? List.of() : cells(lines.getFirst());
        if (header.size() < 2 || !header.getFirst().equals("id")) {
            throw new BadInputException("labels", file, "must begin with a line 'id,FACTOR,...'");
        }
        Map<String, float[]> values = new LinkedHashMap<>();
        for (int line = 1; line < lines.size(); line++) {
            List<String> cells = cells(lines.get(line));
            if (cells.size() != header.size()) {
                throw new BadInputException(
                        "labels",
                        file,
                        "line %d has %d cells, the header %d"
                                .formatted(line + 1, cells.size(), header.size()));
            }
            if (values.put(cells.getFirst(), numbers(cells, line + 1, file)) != null) {
                throw new BadInputException(
                        "labels",
                        file,
                        "line %d repeats the id '%s'".formatted(line + 1, cells.getFirst()));
            }
        }
        return new Labels(header.subList(1, header.size()), values);
    }

    /// The labelled rows of the training split, once they are known to be enough.
    ///
    /// @param latent entries of z
    /// @throws BadInputException when an id is not in the training split, there are no more labels
    ///   than latents or more factors than latents, or a factor does not vary
    Rows in(MultimodalDataset dataset, int latent) {
        if (values.size() <= latent || names.size() > latent) {
            throw new BadInputException(
                    "labels",
                    values.size() + " examples of " + names,
                    "for z of %d entries there must be more than %d examples, and at most %d factors"
                            .formatted(latent, latent, latent));
        }
        for (int j = 0; j < names.size(); j++) {
            int factor = j;
            if (values.values().stream().map(row -> row[factor]).distinct().count() < 2) {
                throw new BadInputException(
                        "labels", names.get(j), "does not vary among the labelled examples");
            }
        }
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (int i = 0; i < dataset.size(Split.TRAIN); i++) {
            positions.put(dataset.example(Split.TRAIN, i).id(), i);
        }
        values.keySet().stream()
                .filter(id -> !positions.containsKey(id))
                .findFirst()
                .ifPresent(id -> {
                    throw new BadInputException(
                            "labels",
                            id,
                            "is not among the training examples of " + dataset.name());
                });
        return new Rows(
                values.keySet().stream().mapToInt(positions::get).toArray(),
                values.values().toArray(float[][]::new));
    }

    /// The same latent space with its first knobs called by the factors that they follow.
    LatentSpace named(LatentSpace space) {
        List<Factor> factors = new ArrayList<>(space.factors());
        for (int j = 0; j < names.size(); j++) {
            Factor f = factors.get(j);
            factors.set(j, new Factor(names.get(j), f.mean(), f.deviation(), f.low(), f.high()));
        }
        return new LatentSpace(space.queries(), space.target(), factors);
    }

    private static float[] numbers(List<String> cells, int line, Path file) {
        float[] row = new float[cells.size() - 1];
        for (int j = 0; j < row.length; j++) {
            try {
                row[j] = Float.parseFloat(cells.get(j + 1));
            } catch (NumberFormatException e) {
                row[j] = Float.NaN;
            }
            if (!Float.isFinite(row[j])) {
                throw new BadInputException(
                        "labels",
                        file,
                        "line %d holds '%s', which is no finite number"
                                .formatted(line, cells.get(j + 1)));
            }
        }
        return row;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }
}
