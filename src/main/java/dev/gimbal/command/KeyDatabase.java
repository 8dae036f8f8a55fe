package dev.gimbal.command;

import dev.gimbal.store.ApiKeys;
import dev.gimbal.store.StoreConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine.Option;

/// The keys in a service's database, found by the service's own settings: `SPRING_DATASOURCE_URL`,
/// else the embedded one of a home. Commands share its option by `@Mixin`.
final class KeyDatabase {
    /// No log, and no complaint that a service's health would lack its indexes.
    private static final List<String> QUIET =
            List.of(
                    "--logging.level.root=off",
                    "--management.endpoint.health.validate-group-membership=false");

    @Option(
            names = {"--home", "--gimbal.home"},
            description = "home of the service (~/.gimbal); it must not be running")
    private @Nullable Path home;

    /// The store and nothing of the service.
    @EnableAutoConfiguration
    @Import(StoreConfiguration.class)
    static class StoreOnly {}

    /// Opens the database for one piece of work.
    ///
    /// @throws IllegalArgumentException when it cannot be opened
    <T> T with(Function<ApiKeys, T> work) {
        List<String> settings = new ArrayList<>(QUIET);
        if (home != null) {
            settings.add("--gimbal.home=" + home);
        }
        try (ConfigurableApplicationContext context =
                new SpringApplicationBuilder(StoreOnly.class)
                        .web(WebApplicationType.NONE)
                        .logStartupInfo(false)
                        .run(settings.toArray(String[]::new))) {
            return work.apply(context.getBean(ApiKeys.class));
        } catch (BeansException e) {
            throw new IllegalArgumentException(
                    String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage()), e);
        }
    }
}
