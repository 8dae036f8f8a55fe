package dev.gimbal.benchmark;

import dev.gimbal.distribution.Likelihood;
import dev.gimbal.family.Family;
import dev.gimbal.metric.LatentAccuracy;
import dev.gimbal.metric.MeanAndDeviation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs of generative models as a page, in the shape of Tables 1 and 3 of Lee and Pavlovic 2021.
public final class GenerativePage {
    /// Table 1: MNIST to SVHN, SVHN to MNIST, joint, in percent.
    private static final Map<String, List<Double>> TABLE_1 =
            Map.of(
                    "MVAE", List.of(9.5, 9.3, 12.7),
                    "MMVAE", List.of(86.4, 69.1, 42.1),
                    "DMVAE", List.of(88.1, 83.7, 44.7));

    private static final Set<String> LIKE_THE_PAPERS = Set.of("mnist-svhn", "mnist-street");

    private final List<GenerativeRun> runs;
    private final List<Figure> figures;
    private final Markdown page = new Markdown();

    /// A picture beside the page.
    ///
    /// @param file its name
    /// @param caption what it shows
    public record Figure(String dataset, String file, String caption) {}

    private GenerativePage(List<GenerativeRun> runs, List<Figure> figures) {
        this.runs = runs;
        this.figures = figures;
    }

    /// The page.
    ///
    /// @param command that makes it
    public static String of(List<GenerativeRun> runs, List<Figure> figures, String command) {
        return new GenerativePage(runs, figures).write(command);
    }

    private String write(String command) {
        page.line("# Results: DMVAE and its rivals");
        page.line(
                """
                Written by `%s`; the same numbers with every setting: `dmvae.json`.

                Test split. Cross coherence: the second modality is drawn from a draw of the first's \
                shared latent, as the paper's published code does (after the stroke: from its mean), \
                its own latent from the prior, and a classifier that no model saw in training (the \
                oracle) tells the digit; joint coherence: all modalities from one draw of the prior, \
                10,000 draws. All in percent. "Paper" is Table 1 of Lee and Pavlovic 2021, on SVHN's \
                photographs. Mean ± standard deviation over seeds.\
                """
                        .formatted(command));
        Set<String> datasets = new LinkedHashSet<>();
        runs.forEach(run -> datasets.add(run.provenance().dataset()));
        datasets.forEach(this::dataset);
        return page.toString();
    }

    private void dataset(String dataset) {
        List<GenerativeRun> own =
                runs.stream().filter(run -> run.provenance().dataset().equals(dataset)).toList();
        List<String> ways = List.copyOf(own.getFirst().test().crossCoherence().keySet());
        page.line("## " + dataset);
        page.line(
                "Oracle: "
                        + own.getFirst().test().oracle().entrySet().stream()
                                .map(e -> e.getKey() + " " + percent(e.getValue()))
                                .collect(Collectors.joining(", "))
                        + ". "
                        + schedule(own));
        coherence(own, ways, LIKE_THE_PAPERS.contains(dataset));
        search(own, ways);
        latents(own);
        ablation(own, ways);
        figures.stream()
                .filter(figure -> figure.dataset().equals(dataset))
                .forEach(f -> page.line("![%s](%s)".formatted(f.caption(), f.file())));
        provenance(own);
    }

    private static String schedule(List<GenerativeRun> own) {
        return "Ours: %s steps of %s examples, as many whole epochs as the %s that settings allow hold; the paper trains 7 to 10 epochs of 30 pairs an image (126,000 to 180,000 steps of 100)."
                .formatted(
                        distinct(own, run -> String.format(Locale.ROOT, "%,d", run.steps())),
                        distinct(own, run -> setting(run, "batchSize")),
                        distinct(own, run -> setting(run, "steps")));
    }

    private static String distinct(List<GenerativeRun> runs, Function<GenerativeRun, String> of) {
        return runs.stream().map(of).distinct().collect(Collectors.joining(" or "));
    }

    private static String setting(GenerativeRun run, String name) {
        return run.provenance().settings().get(name) instanceof Integer number
                ? String.format(Locale.ROOT, "%,d", number)
                : Cells.ABSENT;
    }

    private void coherence(List<GenerativeRun> own, List<String> ways, boolean comparable) {
        page.line("### Coherence (Table 1)");
        page.line(logLikelihoods(own));
        Map<String, Likelihood.Kind> ofDmvae = reference(own).likelihoods();
        page.header(
                Stream.of(
                                Stream.of("model"),
                                ways.stream(),
                                Stream.of("joint"),
                                Stream.of("log-likelihood, nats"))
                        .flatMap(s -> s)
                        .toArray(String[]::new));
        wholeByFamily(own)
                .forEach((family, all) -> {
                    page.row(
                            "**" + Cells.title(family) + "**",
                            Stream.of(
                                            ways.stream()
                                                    .map(way ->
                                                            pm(all, r -> cross(r, way), 100)
                                                                    + " / "
                                                                    + pm(
                                                                            all,
                                                                            r -> atMean(r, way),
                                                                            100)),
                                            Stream.of(pm(all, r -> r.test().jointCoherence(), 100)),
                                            Stream.of(
                                                    all.getFirst().likelihoods().equals(ofDmvae)
                                                            ? pm(
                                                                    all,
                                                                    r -> r.test().logLikelihood(),
                                                                    1)
                                                            : Cells.ABSENT))
                                    .flatMap(s -> s));
                    List<Double> paper = TABLE_1.get(Cells.title(family));
                    if (paper != null && comparable) {
                        page.row(
                                Cells.title(family) + ", paper",
                                Stream.concat(
                                        paper.stream().map(GenerativePage::one),
                                        Stream.of(Cells.ABSENT)));
                    }
                });
        page.endTable();
    }

    /// What the log-likelihood is, and of whom: a density and a probability are not compared.
    private static String logLikelihoods(List<GenerativeRun> own) {
        GenerativeEvaluation test = own.getFirst().test();
        return "Log-likelihood: importance-weighted, K = %d, mean of %d test examples. p(x | z) is %s. Absent where its kinds are not those of %s: densities and probabilities don't compare."
                .formatted(
                        test.samples(),
                        test.weighed(),
                        wholeByFamily(own).entrySet().stream()
                                .map(e ->
                                        kinds(e.getValue().getFirst())
                                                + " for "
                                                + Cells.title(e.getKey()))
                                .collect(Collectors.joining("; ")),
                        Cells.title(reference(own).family()));
    }

    private static String kinds(GenerativeRun run) {
        return run.likelihoods().entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static GenerativeRun reference(List<GenerativeRun> own) {
        return own.stream()
                .filter(run -> run.family() == Family.DMVAE)
                .findFirst()
                .orElse(own.getFirst());
    }

    private void search(List<GenerativeRun> own, List<String> ways) {
        page.line("### Search by class in the shared space");
        page.line(
                "Class precision@10, Rank-1 against class means, and AP@50 from class means, as Table 2 measures photographs and captions.");
        page.header(Stream.concat(Stream.of("model"), ways.stream()).toArray(String[]::new));
        wholeByFamily(own)
                .forEach((family, all) ->
                        page.row(
                                "**" + Cells.title(family) + "**",
                                ways.stream()
                                        .map(way ->
                                                Stream.<ToDoubleFunction<ClassSearch>>of(
                                                                ClassSearch::precisionAt10,
                                                                ClassSearch::rankOne,
                                                                ClassSearch::averagePrecisionAt50)
                                                        .map(of ->
                                                                percent(
                                                                        mean(
                                                                                searches(all, way),
                                                                                of)))
                                                        .collect(Collectors.joining(" / ")))));
        page.endTable();
    }

    private static List<ClassSearch> searches(List<GenerativeRun> runs, String way) {
        return runs.stream().map(run -> run.test().classes().search().get(way)).toList();
    }

    private void latents(List<GenerativeRun> own) {
        Set<String> modalities = new TreeSet<>(own.getFirst().test().classes().shared().keySet());
        page.line("### What the latents know of the class");
        page.line(
                "Accuracy of a linear classifier and, after the stroke, of the 15 nearest neighbours; low is wanted of a private latent.");
        page.header(
                Stream.concat(
                                Stream.of("model"),
                                Stream.concat(
                                        modalities.stream().map(m -> "shared, " + m),
                                        modalities.stream().map(m -> "private, " + m)))
                        .toArray(String[]::new));
        wholeByFamily(own)
                .forEach((family, all) ->
                        page.row(
                                "**" + Cells.title(family) + "**",
                                Stream.concat(
                                        modalities.stream()
                                                .map(m ->
                                                        accuracy(
                                                                all.stream()
                                                                        .map(r ->
                                                                                r.test()
                                                                                        .classes()
                                                                                        .shared())
                                                                        .toList(),
                                                                m)),
                                        modalities.stream()
                                                .map(m ->
                                                        accuracy(
                                                                all.stream()
                                                                        .map(r ->
                                                                                r.test()
                                                                                        .classes()
                                                                                        .own())
                                                                        .toList(),
                                                                m)))));
        page.endTable();
    }

    private void ablation(List<GenerativeRun> own, List<String> ways) {
        List<GenerativeRun> ablated = own.stream().filter(run -> !run.isWhole()).toList();
        if (ablated.isEmpty()) {
            return;
        }
        page.line("### Ablation of DMVAE (Table 3)");
        page.line(
                "One seed. In the paper S to M falls to 17.0 without its cross term, and M to S to 12.4 without private latents.");
        page.header(
                Stream.concat(
                                Stream.of("left out"),
                                Stream.concat(ways.stream(), Stream.of("joint")))
                        .toArray(String[]::new));
        long seed = ablated.getFirst().provenance().seed();
        own.stream()
                .filter(run -> run.family() == Family.DMVAE && run.provenance().seed() == seed)
                .forEach(run ->
                        page.row(
                                run.isWhole() ? "nothing" : run.variant(),
                                Stream.concat(
                                        ways.stream()
                                                .map(way ->
                                                        percent(cross(run, way))
                                                                + " / "
                                                                + percent(atMean(run, way))),
                                        Stream.of(percent(run.test().jointCoherence())))));
        page.endTable();
    }

    private void provenance(List<GenerativeRun> own) {
        page.line("### Runs");
        page.header("model", "seed", "steps", "seconds", "loss on validation");
        own.forEach(run ->
                page.row(
                        Cells.title(run.family())
                                + (run.isWhole() ? "" : " without " + run.variant())
                                + " `"
                                + run.fingerprint().substring(0, 12)
                                + "`",
                        Stream.of(
                                Long.toString(run.provenance().seed()),
                                Integer.toString(run.steps()),
                                String.format(Locale.ROOT, "%.0f", run.provenance().seconds()),
                                one(run.validation().getOrDefault("loss", Double.NaN)))));
        page.endTable();
        var first = own.getFirst().provenance();
        page.line(
                "Data `%s`; commit %s; %s."
                        .formatted(
                                first.dataFingerprint(),
                                own.stream()
                                        .map(run -> run.provenance().commit())
                                        .distinct()
                                        .collect(Collectors.joining(", ")),
                                first.versions()));
    }

    private static Map<Family, List<GenerativeRun>> wholeByFamily(List<GenerativeRun> runs) {
        return runs.stream()
                .filter(GenerativeRun::isWhole)
                .collect(
                        Collectors.groupingBy(
                                GenerativeRun::family, LinkedHashMap::new, Collectors.toList()));
    }

    private static double cross(GenerativeRun run, String way) {
        return run.test().crossCoherence().getOrDefault(way, Double.NaN);
    }

    private static double atMean(GenerativeRun run, String way) {
        return run.test().crossCoherenceAtMean().getOrDefault(way, Double.NaN);
    }

    private static String accuracy(List<Map<String, LatentAccuracy>> runs, String modality) {
        List<LatentAccuracy> known =
                runs.stream().map(run -> run.get(modality)).filter(a -> a != null).toList();
        return known.isEmpty()
                ? Cells.ABSENT
                : percent(mean(known, LatentAccuracy::linear))
                        + " / "
                        + percent(mean(known, LatentAccuracy::nonLinear));
    }

    private static <T> double mean(List<T> values, ToDoubleFunction<T> of) {
        return values.stream().mapToDouble(of).average().orElse(Double.NaN);
    }

    private static String pm(
            List<GenerativeRun> runs, ToDoubleFunction<GenerativeRun> of, double scale) {
        double[] values = runs.stream().mapToDouble(of).map(v -> v * scale).toArray();
        MeanAndDeviation over = MeanAndDeviation.of(values);
        return values.length < 2
                ? one(over.mean())
                : one(over.mean()) + " ± " + one(over.deviation());
    }

    private static String percent(double share) {
        return one(100 * share);
    }

    private static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
