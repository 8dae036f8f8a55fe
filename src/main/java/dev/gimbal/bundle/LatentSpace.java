package dev.gimbal.bundle;

import dev.gimbal.dataset.BadInputException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The latent factors that lead from query modalities to one target modality.
///
/// @param queries modalities from which z can be inferred
/// @param target modality whose items are then located
/// @param factors one for each dimension of z
public record LatentSpace(List<String> queries, String target, List<Factor> factors) {
    /// Characters of a name. Characters of a name.
    public static final int LONGEST = 60;

    public LatentSpace {
        queries = List.copyOf(queries);
        factors = List.copyOf(factors);
    }

    /// The index of a factor given by name or else by position from 0.
    ///
    /// @param field where the reference stood, for the error
    /// @throws BadInputException when there is none
    public int factor(String reference, String field) {
        for (int j = 0; j < factors.size(); j++) {
            if (factors.get(j).name().equals(reference)) {
                return j;
            }
        }
        for (int j = 0; j < factors.size(); j++) {
            if (reference.equals(Integer.toString(j))) {
                return j;
            }
        }
        throw new BadInputException(
                field,
                reference,
                "unknown factor '%s', known are 0 to %d or %s"
                        .formatted(
                                reference,
                                factors.size() - 1,
                                factors.stream().map(Factor::name).toList()));
    }

    /// The names that people gave, by position: what is called as it began, z1 and so on, has none.
    public Map<Integer, String> givenNames() {
        return IntStream.range(0, factors.size())
                .filter(j -> factors.get(j).isNamed(j))
                .boxed()
                .collect(Collectors.toMap(j -> j, j -> factors.get(j).name()));
    }

    /// The same knobs with names as people give them.
    ///
    /// @param given new names, by present name or position from 0
    /// @param field where they stood, for the error
    /// @throws BadInputException for an unknown factor, or a name that is empty, too long or taken
    public LatentSpace renamed(Map<String, @Nullable String> given, String field) {
        Map<Integer, String> chosen = new HashMap<>();
        given.forEach((reference, name) -> {
            String place = field + "." + reference;
            chosen.put(factor(reference, place), readable(name, place));
        });
        LatentSpace renamed = named(chosen);
        Set<String> taken = new HashSet<>();
        for (Factor factor : renamed.factors) {
            if (!taken.add(factor.name())) {
                throw new BadInputException(
                        field, factor.name(), "two factors cannot share a name");
            }
        }
        return renamed;
    }

    private static String readable(@Nullable String name, String field) {
        String trimmed = name == null ? "" : name.strip();
        if (trimmed.isEmpty()
                || trimmed.length() > LONGEST
                || trimmed.chars().anyMatch(Character::isISOControl)) {
            throw new BadInputException(
                    field,
                    String.valueOf(name),
                    "a name is 1 to " + LONGEST + " characters on one line");
        }
        return trimmed;
    }

    /// The same knobs with other names.
    ///
    /// @param names by position of the factor
    public LatentSpace named(Map<Integer, String> names) {
        return new LatentSpace(
                queries,
                target,
                IntStream.range(0, factors.size())
                        .mapToObj(j -> {
                            Factor factor = factors.get(j);
                            return factor.named(names.getOrDefault(j, factor.name()));
                        })
                        .toList());
    }
}
