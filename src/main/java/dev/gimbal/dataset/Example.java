package dev.gimbal.dataset;

import java.util.Map;

/// One item of a data set: what was observed of it, by modality. Any modality may be absent.
///
/// @param id stable, unique within the data set
/// @param values row-major values by modality name; shared, not to be written to
public record Example(String id, Map<String, float[]> values) {
    public Example {
        values = Map.copyOf(values);
    }
}
