package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import dev.gimbal.family.CrossModalModel;
import dev.gimbal.family.PairedModel;
import dev.gimbal.network.Rows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// A data set seen through frozen encoders: vectors of unit norm under the same names and ids.
///
/// Each split is embedded whole when it is first asked for, and kept in the heap.
final class EmbeddedDataset implements MultimodalDataset {
    private final MultimodalDataset dataset;
    private final ModelBundle encoders;
    private final TrainingListener listener;
    private final List<Modality> modalities;
    private final Map<Split, List<Example>> splits = new EnumMap<>(Split.class);

    EmbeddedDataset(MultimodalDataset dataset, ModelBundle encoders, TrainingListener listener) {
        this.dataset = dataset;
        this.encoders = encoders;
        this.listener = listener;
        this.modalities =
                dataset.modalities().stream()
                        .map(m ->
                                Modality.vector(
                                        m.name(),
                                        encoders.manifest()
                                                .architecture()
                                                .network(PairedModel.embedder(m.name()))
                                                .outputSize()))
                        .toList();
    }

    @Override
    public String name() {
        return dataset.name();
    }

    @Override
    public List<Modality> modalities() {
        return modalities;
    }

    @Override
    public int size(Split split) {
        return dataset.size(split);
    }

    @Override
    public synchronized Example example(Split split, int position) {
        return splits.computeIfAbsent(split, this::embed).get(position);
    }

    @Override
    public FactorTable factors(Split split) {
        return dataset.factors(split);
    }

    @Override
    public String fingerprint() {
        String both = dataset.fingerprint() + encoders.fingerprint();
        return ModelBundle.sha256(both.getBytes(StandardCharsets.UTF_8));
    }

    private List<Example> embed(Split split) {
        List<Example> embedded = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager();
                CrossModalModel model = encoders.load(manager)) {
            for (int start = 0; start < size(split); start += Rows.CHUNK) {
                int end = Math.min(start + Rows.CHUNK, size(split));
                List<Example> chunk = new ArrayList<>();
                for (int i = start; i < end; i++) {
                    chunk.add(dataset.example(split, i));
                }
                embedded.addAll(embed(model, manager, chunk));
                listener.step("embedding", split.ordinal() + 1, (double) end / size(split));
            }
        }
        return List.copyOf(embedded);
    }

    private List<Example> embed(CrossModalModel model, NDManager manager, List<Example> chunk) {
        List<Map<String, Value>> values = new ArrayList<>();
        chunk.forEach(_ -> values.add(new LinkedHashMap<>()));
        for (Modality modality : modalities) {
            String name = modality.name();
            int[] present =
                    IntStream.range(0, chunk.size())
                            .filter(i -> chunk.get(i).values().containsKey(name))
                            .toArray();
            float[][] rows = new float[present.length][];
            for (int i = 0; i < rows.length; i++) {
                Value value = Objects.requireNonNull(chunk.get(present[i]).values().get(name));
                rows[i] = model.architecture().read(name, value);
            }
            float[][] vectors = Rows.map(manager, rows, x -> model.indexVectors(name, x));
            for (int i = 0; i < vectors.length; i++) {
                values.get(present[i]).put(name, Value.of(vectors[i]));
            }
        }
        List<Example> embedded = new ArrayList<>();
        for (int i = 0; i < chunk.size(); i++) {
            embedded.add(new Example(chunk.get(i).id(), values.get(i)));
        }
        return embedded;
    }
}
