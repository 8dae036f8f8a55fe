package dev.gimbal.index;

import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import dev.gimbal.store.Embedding;
import dev.gimbal.store.ItemKey;
import dev.gimbal.store.ItemWrite;
import dev.gimbal.store.Payload;
import dev.gimbal.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// Seeded vectors, how they get into a collection, and the answer by definition.
final class Vectors {
    static final String MODEL = "m";

    private Vectors() {}

    static float[][] gaussian(long seed, int count, int dimension, double offset) {
        Random random = new Random(seed);
        float[][] vectors = new float[count][dimension];
        for (float[] vector : vectors) {
            for (int j = 0; j < dimension; j++) {
                vector[j] = (float) (offset + random.nextGaussian());
            }
        }
        return vectors;
    }

    static void write(Store store, String collection, float[][] vectors) {
        for (int from = 0; from < vectors.length; from += 500) {
            store.items.upsert(
                    collection,
                    IntStream.range(from, Math.min(from + 500, vectors.length))
                            .mapToObj(i -> item(Integer.toString(i), vectors[i]))
                            .toList());
        }
    }

    static ItemWrite item(String id, float[] vector) {
        return new ItemWrite(
                id,
                Map.of("a", new Payload.Vector(vector)),
                Store.json("{}"),
                List.of(new Embedding(MODEL, "a", vector)));
    }

    static IndexSpace space(String collection) {
        return new IndexSpace(collection, MODEL, "a");
    }

    static Locus locus(float[] point, Similarity similarity) {
        return new Locus(point, similarity, 2, -1);
    }

    /// Every score, sorted.
    static List<Candidate> bruteForce(String collection, float[][] vectors, Locus locus, int k) {
        List<Candidate> all = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            all.add(
                    new Candidate(
                            ItemKey.of(collection, Integer.toString(i)), locus.score(vectors[i])));
        }
        all.sort(Candidate.BEST_FIRST);
        return all.subList(0, Math.min(k, all.size()));
    }
}
