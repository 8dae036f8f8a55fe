package dev.gimbal.training;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.family.Family;
import java.util.Locale;
import java.util.Map;

/// Every choice of a training, as data: a preset for each family and data set stands in `presets/`,
/// a user may hand in another, and the bundle's provenance keeps it.
public sealed interface Settings permits PairedSettings, VaeSettings {

    /// Which settings a family takes.
    static Class<? extends Settings> of(Family family) {
        return switch (family) {
            case COS_SIM, COS_SIM_LVM, RIVAE -> PairedSettings.class;
            case DMVAE, MVAE, MMVAE, MOPOE -> VaeSettings.class;
        };
    }

    /// The same with another number of factors to look for.
    Settings withLatent(int other);

    /// What settings say of a modality, by its name or else by its kind.
    ///
    /// @throws BadInputException when they do not say
    static <T> T of(String field, Map<String, T> settings, Modality modality) {
        String kind = modality.kind().name().toLowerCase(Locale.ROOT);
        T byName = settings.get(modality.name());
        T chosen = byName == null ? settings.get(kind) : byName;
        if (chosen == null) {
            throw new BadInputException(
                    field,
                    settings.keySet(),
                    "has no entry for modality '%s' or kind '%s'".formatted(modality.name(), kind));
        }
        return chosen;
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    static void requireNotNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
    }
}
