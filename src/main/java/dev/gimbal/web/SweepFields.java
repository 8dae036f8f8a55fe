package dev.gimbal.web;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.traversal.CombinedFactor;
import dev.gimbal.traversal.Sweep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What every request that turns factors through a range has in common.
interface SweepFields extends QueryFields {
    double DEFAULT_REACH = 2;

    @Nullable List<@Nullable FactorReference> factors();

    @Nullable List<@Nullable Combined> combined();

    @Nullable Integer steps();

    double @Nullable [] range();

    @Nullable String span();

    /// Several factors as one knob.
    record Combined(
            @Nullable String name, @Nullable Map<String, Double> weights, @Nullable Double offset) {
        CombinedFactor factor() {
            return new CombinedFactor(
                    name == null ? "combined" : name, weights == null ? Map.of() : weights);
        }

        static List<Combined> present(@Nullable List<@Nullable Combined> given) {
            List<@Nullable Combined> all = given == null ? List.of() : given;
            return all.stream()
                    .map(one ->
                            Optional.ofNullable(one)
                                    .orElseThrow(() ->
                                            new BadInputException(
                                                    "combined", "null", "must not hold null")))
                    .toList();
        }
    }

    /// The sweep that a request describes.
    static Sweep read(SweepFields body, int defaultSteps) {
        double[] range = ends(body.range());
        return new Sweep(
                factors(body.factors()),
                Combined.present(body.combined()).stream().map(Combined::factor).toList(),
                Optional.ofNullable(body.steps()).orElse(defaultSteps),
                span(body.span()),
                range[0],
                range[1]);
    }

    /// The two ends of a range, as they are unless given.
    static double[] ends(double @Nullable [] range) {
        if (range == null) {
            return new double[] {-DEFAULT_REACH, DEFAULT_REACH};
        }
        if (range.length != 2) {
            throw new BadInputException(
                    "range", range.length + " numbers", "range must be two increasing numbers");
        }
        return range;
    }

    private static List<String> factors(@Nullable List<@Nullable FactorReference> given) {
        List<@Nullable FactorReference> all = given == null ? List.of() : given;
        return all.stream()
                .map(one ->
                        Optional.ofNullable(one)
                                .orElseThrow(() ->
                                        new BadInputException(
                                                "factors", "null", "must not hold null")))
                .map(FactorReference::text)
                .toList();
    }

    private static Sweep.Span span(@Nullable String name) {
        return switch (name) {
            case null -> Sweep.Span.DEVIATIONS;
            case "deviations" -> Sweep.Span.DEVIATIONS;
            case "percentiles" -> Sweep.Span.PERCENTILES;
            default ->
                    throw new BadInputException(
                            "span", name, "span must be deviations or percentiles");
        };
    }
}
