package dev.gimbal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ItemsTest {
    private final Store store = Store.shared();
    private final String collection = store.collection(Engine.EXACT);

    @Test
    void anItemComesBackAsItWasWritten() {
        byte[] picture = {1, 2, 3, 0, -1};
        store.items.upsert(
                collection,
                List.of(
                        new ItemWrite(
                                "dir/one é",
                                Map.of(
                                        "a", new Payload.Bytes("image/png", picture),
                                        "b", new Payload.Vector(new float[] {1.5f, -0f})),
                                Store.json("{\"n\": 1, \"deep\": {\"x\": [true, null, \"é\"]}}"),
                                List.of())));

        Item item = store.items.find(collection, "dir/one é").orElseThrow();
        assertThat(item.key()).isEqualTo(ItemKey.of(collection, "dir/one é"));
        assertThat(item.modalities()).containsExactlyInAnyOrder("a", "b");
        assertThat(item.attributes())
                .isEqualTo(Store.json("{\"n\": 1, \"deep\": {\"x\": [true, null, \"é\"]}}"));
        assertThat(item.change()).isEqualTo(1);
        assertThat(store.items.payload(collection, "dir/one é", "a"))
                .hasValueSatisfying(p -> {
                    assertThat(((Payload.Bytes) p).content()).isEqualTo(picture);
                    assertThat(((Payload.Bytes) p).mediaType()).isEqualTo("image/png");
                });
        assertThat(store.items.payload(collection, "dir/one é", "b"))
                .hasValueSatisfying(p ->
                        assertThat(((Payload.Vector) p).values())
                                .isEqualTo(new float[] {1.5f, -0f}));
        assertThat(store.items.payload(collection, "dir/one é", "c")).isEmpty();
    }

    @Test
    void theSameWriteTwiceLeavesOneItemWithItsVectors() {
        store.items.upsert(collection, List.of(Store.item("x", "text", 1, 2)));
        store.items.upsert(collection, List.of(Store.item("x", "text")));

        assertThat(store.items.count(collection)).isEqualTo(1);
        UUID key = ItemKey.of(collection, "x");
        assertThat(store.embeddings.find(collection, key, "m", "a")).hasValue(new float[] {1, 2});
    }

    @Test
    void newContentDropsTheVectorsOfTheOld() {
        store.items.upsert(collection, List.of(Store.item("x", "text", 1, 2)));
        store.items.upsert(collection, List.of(Store.item("x", "other")));

        assertThat(store.embeddings.count(collection, "m", "a")).isZero();
        assertThat(store.embeddings.missing(collection, "m", "a", null, 10))
                .extracting(Item::externalId)
                .containsExactly("x");
        assertThat(store.items.payload(collection, "x", "a")).hasValue(new Payload.Text("other"));
    }

    @Test
    void ofTwoWritesInABatchTheLaterCounts() {
        store.items.upsert(
                collection, List.of(Store.item("x", "first"), Store.item("x", "second")));

        assertThat(store.items.count(collection)).isEqualTo(1);
        assertThat(store.items.payload(collection, "x", "a")).hasValue(new Payload.Text("second"));
    }

    @Test
    void aBadItemLeavesNothingOfItsBatchAndTakesNoNumber() {
        store.items.upsert(collection, List.of(Store.item("x", "text", 1, 2)));

        assertThatThrownBy(() ->
                        store.items.upsert(
                                collection,
                                List.of(
                                        Store.item("y", "text", 3, 4),
                                        Store.item("z", "text", 5, 6, 7))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 3 entries, expected 2");
        assertThat(store.items.count(collection)).isEqualTo(1);
        assertThat(store.collections.get(collection).change()).isEqualTo(1);
    }

    @Test
    void anIdMayBeAsLongAsItsLimitWhateverItsCharacters() {
        java.util.Random random = new java.util.Random(1); // PostgreSQL would pack what repeats
        String id =
                random.ints(666, 0x4e00, 0x9fa5)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        store.items.upsert(collection, List.of(Store.item(id, "text")));
        assertThat(store.items.find(collection, id)).isPresent();
    }

    @Test
    void whatLacksAVectorIsReadByPagesInWhichNothingComesTwice() {
        List<UUID> keys = new java.util.ArrayList<>();
        for (int i = 0; i < 25; i++) {
            store.items.upsert(collection, List.of(Store.item("i" + i, "text")));
        }
        List<Item> page = store.embeddings.missing(collection, "m", "a", null, 10);
        while (!page.isEmpty()) {
            page.forEach(item -> keys.add(item.key()));
            page = store.embeddings.missing(collection, "m", "a", keys.getLast(), 10);
        }
        assertThat(keys).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void aSampleGoesOnFromTheBeginningAndKnowsItsSeed() {
        for (int i = 0; i < 25; i++) {
            store.items.upsert(collection, List.of(Store.item("i" + i, "text")));
        }
        for (long seed = 0; seed < 5; seed++) {
            List<Item> all = store.items.sample(collection, 100, seed);
            assertThat(all).hasSize(25).doesNotHaveDuplicates();
            assertThat(store.items.sample(collection, 7, seed)).isEqualTo(all.subList(0, 7));
        }
    }

    @Test
    void itemsOfSeveralCollectionsAreCountedAtOnce() {
        store.items.upsert(collection, List.of(Store.item("x", "t"), Store.item("y", "t")));
        SearchCollection full = store.collections.get(collection);
        SearchCollection empty = store.collections.get(store.collection(Engine.EXACT));
        store.collections.delete(empty.name());

        assertThat(store.items.counts(List.of(full, empty)))
                .isEqualTo(Map.of(full.id(), 2L, empty.id(), 0L));
    }

    @Test
    void textsAreReadWithoutWhatIsNone() {
        store.items.upsert(
                collection,
                List.of(
                        Store.item("x", "Zwiebel \u00fc"),
                        new ItemWrite(
                                "y",
                                Map.of("a", new Payload.Bytes("image/png", new byte[] {-1})),
                                Store.json("{}"),
                                List.of())));
        UUID x = ItemKey.of(collection, "x");
        List<UUID> keys = List.of(x, ItemKey.of(collection, "y"), UUID.randomUUID());

        assertThat(store.items.texts(collection, keys, "a")).isEqualTo(Map.of(x, "Zwiebel \u00fc"));
        assertThat(store.items.texts(collection, keys, "b")).isEmpty();
    }

    @Test
    void deletingLeavesATombstoneThatAnIndexReads() {
        store.items.upsert(collection, List.of(Store.item("x", "text", 1, 2)));
        assertThat(store.items.delete(collection, "x")).isTrue();
        assertThat(store.items.delete(collection, "x")).isFalse();

        assertThat(store.items.find(collection, "x")).isEmpty();
        long id = store.collections.get(collection).id();
        VectorChanges changes = store.embeddings.changes(collection, "m", "a", id, 1);
        assertThat(changes.anew()).isFalse();
        assertThat(changes.change()).isEqualTo(2);
        assertThat(changes.removed()).containsExactly(ItemKey.of(collection, "x"));

        store.items.upsert(collection, List.of(Store.item("x", "back", 3, 4)));
        assertThat(store.embeddings.changes(collection, "m", "a", id, 1).removed()).isEmpty();
    }

    @Test
    void anIndexThatMissedForgottenTombstonesStartsAnew() {
        store.items.upsert(
                collection, List.of(Store.item("x", "text", 1, 2), Store.item("y", "text", 1, 2)));
        store.items.delete(collection, "x");
        long id = store.collections.get(collection).id();
        assertThat(store.embeddings.forgetTombstones(Duration.ofHours(1))).isZero();
        assertThat(store.embeddings.forgetTombstones(Duration.ZERO)).isPositive();

        VectorChanges late = store.embeddings.changes(collection, "m", "a", id, 1);
        assertThat(late.anew()).isTrue();
        assertThat(late.written()).hasSize(1);
        assertThat(store.embeddings.changes(collection, "m", "a", id, 2).anew()).isFalse();
    }

    @Test
    void changeNumbersHaveNoGapsUnderConcurrentWriters() throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
            List<Callable<Long>> writes =
                    IntStream.range(0, 80)
                            .<Callable<Long>>mapToObj(i ->
                                    () ->
                                            store.items.upsert(
                                                    collection,
                                                    List.of(
                                                            Store.item(
                                                                    "i" + i % 20, "t" + i, i, 1))))
                            .toList();
            List<Long> numbers = new ArrayList<>();
            for (Future<Long> number : writers.invokeAll(writes)) {
                numbers.add(number.get());
            }
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 80).boxed().toList());
        }
        assertThat(store.items.count(collection)).isEqualTo(20);
    }

    @Test
    void pagesRunThroughAllItemsInByteOrder() {
        store.items.upsert(
                collection,
                IntStream.range(0, 25).mapToObj(i -> Store.item("id " + i, "t")).toList());

        List<String> seen = new ArrayList<>();
        List<Item> page = store.items.list(collection, null, 10);
        while (!page.isEmpty()) {
            page.forEach(i -> seen.add(i.externalId()));
            page = store.items.list(collection, seen.getLast(), 10);
        }
        assertThat(seen).hasSize(25).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void fetchKeepsTheOrderAskedForAndLeavesOutTheUnknown() {
        store.items.upsert(collection, List.of(Store.item("x", "t"), Store.item("y", "t")));
        List<UUID> keys =
                List.of(
                        ItemKey.of(collection, "y"),
                        UUID.randomUUID(),
                        ItemKey.of(collection, "x"));

        assertThat(store.items.fetch(collection, keys))
                .extracting(Item::externalId)
                .containsExactly("y", "x");
    }

    @Test
    void twoThousandPicturesAreWrittenInLessThanThreeSeconds() {
        Random random = new Random(1);
        List<ItemWrite> writes =
                IntStream.range(0, 2000)
                        .mapToObj(i -> {
                            byte[] picture = new byte[4096];
                            random.nextBytes(picture);
                            float[] vector = new float[128];
                            vector[i % 128] = 1;
                            return new ItemWrite(
                                    "p" + i,
                                    Map.of("a", new Payload.Bytes("image/png", picture)),
                                    Store.json("{}"),
                                    List.of(new Embedding("m", "a", vector)));
                        })
                        .toList();

        long start = System.nanoTime();
        for (int i = 0; i < 2000; i += 256) {
            store.items.upsert(collection, writes.subList(i, Math.min(i + 256, 2000)));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("2,000 items of 4 kB: " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofSeconds(3));
        assertThat(store.items.count(collection)).isEqualTo(2000);
    }
}
