package dev.gimbal.benchmark;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.bundle.OracleCard;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.traversal.ContactSheet;
import dev.gimbal.traversal.Generation;
import dev.gimbal.traversal.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Figs. 4 and 5 of Lee and Pavlovic 2021: what is drawn from the other modality in several styles,
/// and the shared latents in one plane.
public final class GenerativeFigures {
    private static final int STYLES = 5;
    private static final int MAPPED = 400;

    private final Embedder model;
    private final MultimodalDataset dataset;
    private final OracleCard card;
    private final int[] classes;

    /// Of a model and the test split of its data.
    ///
    /// @param card which factor is the class
    public GenerativeFigures(Embedder model, MultimodalDataset dataset, OracleCard card) {
        this.model = model;
        this.dataset = dataset;
        this.card = card;
        classes = card.tells().labels(dataset.factors(Split.TEST));
    }

    /// Fig. 4 as PNG: on top one example of each class, below it the other modality in five draws
    /// of its own latent, the same in every column.
    public void crossSynthesis(String from, String to, Path file) throws IOException {
        Manifest manifest = model.manifest();
        Modality target = manifest.architecture().modality(to);
        List<Picture> queries = new ArrayList<>();
        List<ContactSheet.Column> columns = new ArrayList<>();
        for (int label = 0; label < card.classes().size(); label++) {
            Value value = example(label, from);
            queries.add(Picture.of(manifest.architecture().modality(from), value));
            Generation.Result drawn =
                    new Generation(
                                    new Generation.Origin.Observed(Map.of(from, value)),
                                    to,
                                    STYLES,
                                    Map.of(),
                                    Map.of(),
                                    null,
                                    -2,
                                    2,
                                    1)
                            .run(model);
            columns.add(
                    new ContactSheet.Column(
                            to,
                            new double[STYLES],
                            drawn.variants().stream()
                                    .map(v -> Picture.of(target, Value.of(v.values())))
                                    .toList()));
        }
        Files.write(file, new ContactSheet(queries, columns).png());
    }

    /// Fig. 5 as PNG: shared means of 400 examples of each modality by t-SNE.
    public void map(String title, Path file) throws IOException {
        int n = Math.min(MAPPED, classes.length);
        List<LatentMap.Group> groups =
                dataset.modalities().stream()
                        .map(Modality::name)
                        .map(modality ->
                                new LatentMap.Group(
                                        modality,
                                        model.indexVectorsOfAll(
                                                modality,
                                                SplitValues.of(dataset, Split.TEST, modality)
                                                        .subList(0, n)),
                                        Arrays.copyOf(classes, n)))
                        .toList();
        LatentMap.of(card.classes(), groups, 1).draw(title, file);
    }

    private Value example(int label, String modality) {
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] == label) {
                return Objects.requireNonNull(dataset.value(Split.TEST, i, modality));
            }
        }
        throw new IllegalArgumentException("no example of class " + card.classes().get(label));
    }
}
