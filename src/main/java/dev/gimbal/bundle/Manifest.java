package dev.gimbal.bundle;

import dev.gimbal.dataset.Modality;
import dev.gimbal.family.Family;
import dev.gimbal.family.Similarity;
import java.util.List;
import java.util.Map;

/// Placeholder until the real one is merged.
public record Manifest(
        int format,
        Family family,
        List<Modality> modalities,
        List<LatentSpace> latentSpaces,
        Map<String, Integer> indexDimensions,
        Similarity similarity,
        Map<String, Double> validation) {}
