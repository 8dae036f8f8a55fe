package dev.gimbal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CollectionsTest {
    private final Store store = Store.shared();
    private final String name = "c-" + UUID.randomUUID();

    @Test
    void aCollectionIsFoundAsItWasCreated() {
        SearchCollection made =
                store.collections.create(name, List.of("image", "text"), null, Engine.EXACT);

        assertThat(made.modalities()).containsExactly("image", "text");
        assertThat(made.change()).isZero();
        assertThat(store.collections.find(name)).hasValue(made);
        assertThat(store.collections.list()).contains(made);
    }

    @Test
    void aNameIsTakenOnce() {
        store.collections.create(name, List.of("a"), null, Engine.EXACT);
        assertThatThrownBy(() -> store.collections.create(name, List.of("a"), null, Engine.EXACT))
                .isInstanceOf(ConflictException.class)
                .hasMessage("collection '" + name + "' exists already");
    }

    @Test
    void anotherModelIsSearchedOnceItIsActivated() {
        store.collections.create(name, List.of("a"), null, Engine.EXACT);
        String fingerprint = UUID.randomUUID().toString();
        store.models.put(fingerprint, "sprites", "rivae", "{}", new byte[] {1});

        assertThat(store.collections.activate(name, fingerprint).model()).isEqualTo(fingerprint);
        assertThatThrownBy(() -> store.collections.activate(name, "nobody"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("no model 'nobody'");
        assertThatThrownBy(() -> store.collections.activate("nowhere", fingerprint))
                .hasMessage("no collection 'nowhere'");
    }

    @Test
    void deletingTakesTheItemsAlong() {
        store.collections.create(name, List.of("a"), null, Engine.EXACT);
        store.items.upsert(name, List.of(Store.item("x", "t", 1)));

        assertThat(store.collections.delete(name)).isTrue();
        assertThat(store.collections.delete(name)).isFalse();
        assertThatThrownBy(() -> store.items.find(name, "x")).isInstanceOf(NotFoundException.class);
        store.collections.create(name, List.of("a"), null, Engine.EXACT);
        assertThat(store.items.count(name)).isZero();
    }

    @Test
    void malformedNamesAndModalitiesAreRefusedByName() {
        for (String bad : List.of("", "a b", "ä", "../x", "x".repeat(101))) {
            assertThatThrownBy(
                            () -> store.collections.create(bad, List.of("a"), null, Engine.EXACT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + bad + "'");
        }
        for (List<String> bad : List.of(List.<String>of(), List.of("a", "a"), List.of("A b"))) {
            assertThatThrownBy(() -> store.collections.create(name, bad, null, Engine.EXACT))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Engine.of("faiss"))
                .hasMessage("unknown engine 'faiss', known are [exact, pgvector]");
    }
}
