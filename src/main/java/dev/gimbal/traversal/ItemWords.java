package dev.gimbal.traversal;

import dev.gimbal.dataset.RecipeText;
import dev.gimbal.metric.WordCounts;
import dev.gimbal.preprocessing.Analysis;
import dev.gimbal.store.Item;
import dev.gimbal.store.Items;
import dev.gimbal.store.SearchCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.springframework.stereotype.Component;

/// The words that items are described by: those of their texts, of which a recipe's ingredients
/// count alone, and of attributes that are text.
@Component
public final class ItemWords {
    /// Items that a collection's own frequencies are taken from.
    private static final int BACKGROUND = 2_000;

    /// Items whose texts are in memory at once.
    private static final int PAGE = 256;

    private static final int SHORTEST = 3;

    private final Items items;

    public ItemWords(Items items) {
        this.items = items;
    }

    /// The words of each item, by key; an item without any has an empty list.
    public Map<UUID, List<String>> of(SearchCollection collection, Collection<Item> wanted) {
        Map<UUID, List<String>> words = new HashMap<>();
        for (Item item : wanted) {
            words.computeIfAbsent(item.key(), _ -> attributes(item));
        }
        for (String modality : collection.modalities()) {
            List<UUID> keys =
                    wanted.stream()
                            .filter(item -> item.modalities().contains(modality))
                            .map(Item::key)
                            .distinct()
                            .toList();
            for (int from = 0; from < keys.size(); from += PAGE) {
                List<UUID> page = keys.subList(from, Math.min(from + PAGE, keys.size()));
                items.texts(collection.name(), page, modality)
                        .forEach((key, text) ->
                                words.computeIfAbsent(key, _ -> new ArrayList<>())
                                        .addAll(words(text)));
            }
        }
        return words;
    }

    /// How often words occur in the collection, from its first items.
    public WordCounts background(SearchCollection collection) {
        return WordCounts.of(
                of(collection, items.list(collection.name(), null, BACKGROUND)).values());
    }

    private static List<String> attributes(Item item) {
        List<String> words = new ArrayList<>();
        item.attributes()
                .properties()
                .forEach(attribute -> {
                    if (attribute.getValue().isString()) {
                        words.addAll(words(attribute.getValue().stringValue()));
                    }
                });
        return words;
    }

    /// The words of a text that mean something by themselves.
    static List<String> words(String text) {
        List<String> ingredients = RecipeText.parse(text).ingredients();
        String described = ingredients.isEmpty() ? text : String.join("\n", ingredients);
        return Analysis.WORDS.words(described).stream().filter(ItemWords::means).toList();
    }

    private static boolean means(String word) {
        return word.length() >= SHORTEST
                && word.chars().allMatch(Character::isLetter)
                && !EnglishAnalyzer.ENGLISH_STOP_WORDS_SET.contains(word);
    }
}
