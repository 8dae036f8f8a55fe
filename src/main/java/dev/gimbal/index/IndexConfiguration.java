package dev.gimbal.index;

import dev.gimbal.store.Collections;
import dev.gimbal.store.Database;
import dev.gimbal.store.Embeddings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Wires the indexes.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IndexSettings.class)
public class IndexConfiguration {
    @Bean
    ExactIndex exactIndex(Collections collections, Embeddings embeddings, IndexSettings settings) {
        return new ExactIndex(collections, embeddings, settings.device().resolve());
    }

    @Bean
    PgvectorIndex pgvectorIndex(
            Database database,
            Collections collections,
            Embeddings embeddings,
            IndexSettings settings) {
        return new PgvectorIndex(database, collections, embeddings, settings.efSearch());
    }

    @Bean
    Indexes indexes(ExactIndex exact, PgvectorIndex pgvector) {
        return new Indexes(exact, pgvector);
    }

    @Bean
    IndexHealth indexHealthIndicator(ExactIndex exact) {
        return new IndexHealth(exact);
    }
}
