package dev.gimbal.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.embedding.DeviceChoice;
import dev.gimbal.index.IndexSettings;
import dev.gimbal.store.Engine;
import dev.gimbal.store.Item;
import dev.gimbal.store.ItemKey;
import dev.gimbal.store.SearchCollection;
import dev.gimbal.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldItemsTest {
    private final Store store = Store.shared();
    private final String collection = store.collection(Engine.EXACT);

    private HeldItems items(int most) {
        return new HeldItems(
                store.items, store.collections, new IndexSettings(DeviceChoice.CPU, 200, most));
    }

    private Map<UUID, Item> fetch(HeldItems items, String... ids) {
        List<UUID> keys = List.of(ids).stream().map(id -> ItemKey.of(collection, id)).toList();
        return items.fetch(store.collections.searched(collection), keys);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 100})
    void writesAndDeletesAreSeenAtOnceWhetherTheItemsAreHeldOrNot(int most) {
        HeldItems items = items(most);
        store.items.upsert(collection, List.of(Store.item("x", "text"), Store.item("y", "text")));
        assertThat(fetch(items, "x", "y", "z")).hasSize(2);

        store.items.upsert(collection, List.of(Store.item("x", "new"), Store.item("z", "text")));
        assertThat(fetch(items, "x", "y", "z")).hasSize(3);
        assertThat(fetch(items, "x").get(ItemKey.of(collection, "x")))
                .isEqualTo(store.items.find(collection, "x").orElseThrow());

        store.items.delete(collection, "y");
        assertThat(fetch(items, "x", "y", "z")).hasSize(2);
        store.items.delete(collection, "z");
        store.embeddings.forgetTombstones(Duration.ZERO);
        assertThat(fetch(items, "x", "y", "z")).containsOnlyKeys(ItemKey.of(collection, "x"));
    }

    @Test
    void aCollectionMadeAnewUnderTheNameIsAnotherOne() {
        HeldItems items = items(100);
        store.items.upsert(collection, List.of(Store.item("x", "text")));
        assertThat(fetch(items, "x")).hasSize(1);
        store.collections.delete(collection);
        store.collections.create(collection, List.of("a"), null, Engine.EXACT);

        assertThat(fetch(items, "x")).isEmpty();
    }

    @Test
    void severalCollectionsTogetherHoldNoMoreThanTheBound() {
        HeldItems items = items(3);
        String other = store.collection(Engine.EXACT);
        store.items.upsert(collection, List.of(Store.item("x", "text")));
        store.items.upsert(other, List.of(Store.item("x", "text"), Store.item("y", "text")));
        fetch(items, "x");
        items.fetch(store.collections.searched(other), List.of(ItemKey.of(other, "x")));
        assertThat(items.size()).isEqualTo(3);

        store.items.upsert(collection, List.of(Store.item("y", "text")));
        assertThat(fetch(items, "x", "y")).as("read from the database").hasSize(2);
        assertThat(items.size()).isEqualTo(2);
    }

    @Test
    void aCollectionThatWasTooLargeIsHeldOnceThereIsPlace() {
        HeldItems items = items(2);
        String other = store.collection(Engine.EXACT);
        store.items.upsert(other, List.of(Store.item("x", "text"), Store.item("y", "text")));
        items.fetch(store.collections.searched(other), List.of(ItemKey.of(other, "x")));
        store.items.upsert(
                collection,
                List.of(Store.item("x", "t"), Store.item("y", "t"), Store.item("z", "t")));
        assertThat(fetch(items, "x")).hasSize(1);
        assertThat(items.size()).isEqualTo(2);

        store.collections.delete(other);
        items.forgetGone();
        assertThat(items.size()).as("what was deleted is freed").isZero();
        assertThat(fetch(items, "x")).as("three are too many still").hasSize(1);
        assertThat(items.size()).isZero();
        store.items.delete(collection, "z");
        assertThat(fetch(items, "x")).hasSize(1);
        assertThat(items.size()).isEqualTo(2);
    }

    @Test
    void whatIsHeldIsOfTheStateThatTheIndexMayBeAheadOf() {
        HeldItems items = items(100);
        store.items.upsert(collection, List.of(Store.item("x", "text")));
        SearchCollection before = store.collections.searched(collection);
        fetch(items, "x");
        store.items.upsert(collection, List.of(Store.item("y", "text")));

        assertThat(items.fetch(before, List.of(ItemKey.of(collection, "y")))).hasSize(1);
    }
}
