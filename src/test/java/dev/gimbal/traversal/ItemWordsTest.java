package dev.gimbal.traversal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.store.Engine;
import dev.gimbal.store.ItemKey;
import dev.gimbal.store.Store;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemWordsTest {
    private final Store store = Store.shared();
    private final String collection = store.collection(Engine.EXACT);
    private final ItemWords words = new ItemWords(store.items);

    @Test
    void theTextsOfMoreItemsThanOnePageAreAllFound() {
        store.items.upsert(
                collection,
                IntStream.range(0, 600)
                        .mapToObj(i -> Store.item("i" + i, i % 2 == 0 ? "harbour" : "lighthouse"))
                        .toList());
        Map<UUID, List<String>> found =
                words.of(
                        store.collections.get(collection), store.items.list(collection, null, 600));
        assertThat(found).hasSize(600);
        for (int i = 0; i < 600; i++) {
            assertThat(found.get(ItemKey.of(collection, "i" + i)))
                    .containsExactly(i % 2 == 0 ? "harbour" : "lighthouse");
        }
    }
}
