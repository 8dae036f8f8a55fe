package dev.gimbal.dataset;

import java.util.Map;

/// One item of a data set: what was observed of it, by modality. Any modality may be absent.
///
/// @param id stable, unique within the data set
/// @param values by modality name
public record Example(String id, Map<String, Value> values) {
    public Example {
        values = Map.copyOf(values);
    }
}
