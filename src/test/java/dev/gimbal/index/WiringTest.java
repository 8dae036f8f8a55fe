package dev.gimbal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.gimbal.family.Similarity;
import dev.gimbal.store.Collections;
import dev.gimbal.store.ConflictException;
import dev.gimbal.store.DatabaseHealth;
import dev.gimbal.store.EmbeddedDatabase;
import dev.gimbal.store.Engine;
import dev.gimbal.store.Items;
import dev.gimbal.store.Models;
import dev.gimbal.store.SearchCollection;
import dev.gimbal.store.StoreConfiguration;
import dev.gimbal.store.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Store and indexes as the service starts them, on each kind of server.
class WiringTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({StoreConfiguration.class, IndexConfiguration.class})
    static class StoreAndIndex {}

    @Test
    void withoutADataSourceTheEmbeddedServerStartsMigratesAndStops() throws IOException {
        Path home = Files.createTempDirectory("gimbal-wiring");
        String collection = "c";
        try (var context = start("gimbal.home=" + home)) {
            assertThat(context.getBean(DatabaseHealth.class).health().getDetails())
                    .containsEntry("embedded", true);
            searchesWith(context, collection, Engine.EXACT);
        }
        assertThat(home.resolve("postgres/data/postmaster.pid")).doesNotExist();
        try (var context = start("gimbal.home=" + home)) {
            assertThat(context.getBean(Items.class).count(collection)).isEqualTo(1);
        }
        TestFiles.delete(home);
    }

    @Test
    @EnabledIf(
            value = "dev.gimbal.index.Postgres15#installed",
            disabledReason = "needs PostgreSQL 15 with pgvector: run .ci/install-pgvector")
    void aConfiguredDataSourceIsUsedInstead() {
        var pool = (HikariDataSource) Postgres15.source();
        try (var context =
                start(
                        "spring.datasource.url=" + pool.getJdbcUrl(),
                        "spring.datasource.username=" + pool.getUsername())) {
            assertThat(context.getBeanProvider(EmbeddedDatabase.class).getIfAvailable()).isNull();
            assertThat(context.getBean(DatabaseHealth.class).health().getDetails())
                    .containsEntry("embedded", false)
                    .hasEntrySatisfying(
                            "postgresql", v -> assertThat(v.toString()).startsWith("15."));
            searchesWith(context, "c-" + UUID.randomUUID(), Engine.PGVECTOR);
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(StoreAndIndex.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .run();
    }

    private static void searchesWith(
            ConfigurableApplicationContext context, String name, Engine engine) {
        assertThat(context.getBean(DatabaseHealth.class).health().getStatus()).isEqualTo(Status.UP);
        assertThat(context.getBean(IndexHealth.class).health().getStatus()).isEqualTo(Status.UP);
        context.getBean(Models.class).put("m", "model", "rivae", "{}", new byte[] {1});
        SearchCollection collection =
                context.getBean(Collections.class).create(name, List.of("a"), "m", engine);
        context.getBean(Items.class).upsert(name, List.of(Vectors.item("x", new float[] {1, 2})));

        Indexes indexes = context.getBean(Indexes.class);
        IndexSpace space = indexes.space(collection, "m", "a");
        VectorIndex index = indexes.of(collection);
        assertThat(index.engine()).isEqualTo(engine.id());
        assertThat(
                        index.search(
                                space,
                                Vectors.locus(new float[] {1, 2}, Similarity.NEGATIVE_SQUARED_L2),
                                3))
                .extracting(Candidate::score)
                .containsExactly(-1.0);
        assertThatThrownBy(() -> indexes.space(collection, "other", "a"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("indexed by model 'm', the query is by model 'other'");
        assertThatThrownBy(() -> indexes.space(collection, "m", "z"))
                .hasMessageContaining("no modality 'z'");
    }
}
