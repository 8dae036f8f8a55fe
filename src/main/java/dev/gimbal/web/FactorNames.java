package dev.gimbal.web;

import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.dataset.BadInputException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of `PATCH /v1/models/{m}`: what its factors are called from now on.
///
/// @param target the modality that the knobs lead to; needed only where the model has several
/// @param factors new names, by present name or position from 0
record FactorNames(@Nullable String target, @Nullable Map<String, @Nullable String> factors) {
    /// The manifest with these names; its fingerprint stays, so no vector becomes invalid.
    ///
    /// @throws BadInputException for an unknown target or factor, or a name that is empty, too long
    ///   or taken
    Manifest in(Manifest manifest) {
        LatentSpace chosen = space(manifest);
        if (factors == null || factors.isEmpty()) {
            throw new BadInputException("factors", "none", "give at least one factor's new name");
        }
        LatentSpace renamed = chosen.renamed(factors, "factors");
        return manifest.withLatentSpaces(
                manifest.latentSpaces().stream().map(s -> s == chosen ? renamed : s).toList());
    }

    private LatentSpace space(Manifest manifest) {
        List<LatentSpace> spaces = manifest.latentSpaces();
        if (target == null && spaces.size() == 1) {
            return spaces.getFirst();
        }
        return spaces.stream()
                .filter(s -> s.target().equals(target))
                .findFirst()
                .orElseThrow(() ->
                        new BadInputException(
                                "target",
                                String.valueOf(target),
                                "name the target, one of "
                                        + spaces.stream().map(LatentSpace::target).toList()));
    }
}
