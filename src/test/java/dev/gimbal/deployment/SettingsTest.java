package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/// The table of settings in `docs/operations.md`.
class SettingsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z].*?`) \\| .* \\| .* \\|$");
    private static final Pattern NAME = Pattern.compile("`([a-z.-]+)`");

    @Test
    void theDocumentsNameEverySettingAndNoOther() {
        String document = Repository.text("docs/operations.md");
        int begin = document.indexOf("\n## Settings\n");
        String section = document.substring(begin, document.indexOf("\n## ", begin + 1));
        Set<String> documented =
                ROW.matcher(section)
                        .results()
                        .flatMap(row -> NAME.matcher(row.group(1)).results())
                        .map((MatchResult name) -> "gimbal." + name.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(settings().collect(Collectors.toCollection(TreeSet::new)));
    }

    /// Those of tokens stand in `docs/security.md`.
    private static Stream<String> settings() {
        ClassPathScanningCandidateComponentProvider scanner =
                new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("dev.gimbal").stream()
                .flatMap(found -> names(found.getBeanClassName()))
                .filter(name -> !name.equals("gimbal.security.oauth2"));
    }

    private static Stream<String> names(String type) {
        try {
            Class<?> settings = Class.forName(type);
            String prefix = settings.getAnnotation(ConfigurationProperties.class).value();
            return Arrays.stream(settings.getRecordComponents())
                    .map(component -> prefix + "." + kebab(component.getName()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String kebab(String name) {
        String kebab = name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
        return ConfigurationPropertyName.of(kebab).toString();
    }
}
