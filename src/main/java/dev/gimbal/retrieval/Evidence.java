package dev.gimbal.retrieval;

import dev.gimbal.dataset.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a query shows: values observed outside, or an item that the collection already holds.
public sealed interface Evidence {

    /// Values by modality; several are observed together and inferred from jointly.
    record Observed(Map<String, Value> values) implements Evidence {
        public Observed {
            if (values.isEmpty()) {
                throw new IllegalArgumentException("nothing observed");
            }
            values = Map.copyOf(values);
        }
    }

    /// An item of the collection.
    ///
    /// @param itemId its external id
    /// @param modality which of its values counts; `null` chooses one that can be answered
    record Stored(String itemId, @Nullable String modality) implements Evidence {}
}
