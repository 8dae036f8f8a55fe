package dev.gimbal;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    /// From the bottom up: a package may use those before it.
    private static final List<String> ORDER =
            List.of(
                    "dataset",
                    "distribution",
                    "network",
                    "preprocessing",
                    "objective",
                    "metric",
                    "family",
                    "bundle",
                    "training",
                    "embedding",
                    "store",
                    "index",
                    "retrieval",
                    "traversal",
                    "benchmark",
                    "web",
                    "command");

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.gimbal");

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        assertThat(
                        MAIN.stream()
                                .map(JavaClass::getPackageName)
                                .filter(name -> !name.equals("dev.gimbal"))
                                .map(name -> name.split("\\.")[2])
                                .collect(Collectors.toSet()))
                .as("classes were read, and each package has a place")
                .containsExactlyInAnyOrderElementsOf(ORDER);
    }

    @Test
    void aPackageUsesOnlyThoseBeforeIt() {
        Architectures.LayeredArchitecture layers =
                Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : ORDER) {
            layers = layers.layer(name).definedBy(packages(name));
        }
        for (int place = 0; place < ORDER.size(); place++) {
            String[] later = ORDER.subList(place + 1, ORDER.size()).toArray(String[]::new);
            layers =
                    later.length == 0
                            ? layers.whereLayer(ORDER.get(place)).mayNotBeAccessedByAnyLayer()
                            : layers.whereLayer(ORDER.get(place)).mayOnlyBeAccessedByLayers(later);
        }
        layers.because(
                        "a reader who goes through the packages in order never meets a name that was not explained before")
                .check(MAIN);
    }

    @Test
    void packagesFormNoCycle() {
        SlicesRuleDefinition.slices()
                .matching("dev.gimbal.(*)..")
                .should()
                .beFreeOfCycles()
                .because("each package can then be tested, and replaced, without those after it")
                .check(MAIN);
    }

    @Test
    void servingDoesNotTrain() {
        List<String> serving =
                ORDER.subList(ORDER.indexOf("embedding"), ORDER.indexOf("command")).stream()
                        .toList();
        noClasses()
                .that(
                        resideInAnyPackage(
                                serving.stream()
                                        .map(ArchitectureTest::packages)
                                        .toArray(String[]::new)))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(packages("training"), packages("objective")))
                .because("a running service must never change a model's weights")
                .check(MAIN);
    }

    @Test
    void nativeArraysStayWithTheModels() {
        noClasses()
                .that(
                        resideInAnyPackage(
                                packages("store"),
                                packages("retrieval"),
                                packages("traversal"),
                                packages("benchmark"),
                                packages("web"),
                                packages("command")))
                .should()
                .dependOnClassesThat(resideInAPackage("ai.djl.."))
                .because(
                        "an array in native memory needs somebody who frees it, and only the packages of models and the exact index know when")
                .check(MAIN);
    }

    @Test
    void sqlStaysInTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages("store"), packages("index"))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "java.sql..",
                                "javax.sql..",
                                "org.springframework.jdbc..",
                                "org.postgresql..",
                                "com.pgvector.."))
                .because("one place knows the schema, so that it can change")
                .check(MAIN);
    }

    @Test
    void theModelsKnowNoFramework() {
        noClasses()
                .that(
                        resideInAnyPackage(
                                ORDER.subList(0, ORDER.indexOf("embedding")).stream()
                                        .map(ArchitectureTest::packages)
                                        .toArray(String[]::new)))
                .should()
                .dependOnClassesThat(resideInAPackage("org.springframework.."))
                .because("models train and load from a plain main method or another program")
                .check(MAIN);
    }

    private static String packages(String name) {
        return "dev.gimbal." + name + "..";
    }
}
