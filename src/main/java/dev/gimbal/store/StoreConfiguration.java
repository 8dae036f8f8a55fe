package dev.gimbal.store;

import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// Wires the store: the embedded database where no other is configured, and the repositories over
/// whichever it is.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GimbalProperties.class)
public class StoreConfiguration {

    /// The embedded database, and how the connection pool reaches it.
    @Configuration(proxyBeanMethods = false)
    @Conditional(NoDataSourceConfigured.class)
    static class Embedded {
        @Bean
        EmbeddedDatabase embeddedDatabase(GimbalProperties properties) {
            return EmbeddedDatabase.start(properties.home());
        }

        @Bean
        JdbcConnectionDetails embeddedConnection(EmbeddedDatabase embedded) {
            return new EmbeddedConnection(embedded);
        }
    }

    /// The migrations have run before anything can reach the tables.
    @Bean
    @DependsOnDatabaseInitialization
    Database database(DataSource source) {
        return new Database(source);
    }

    @Bean
    VectorExtension vectorExtension(Database database) {
        return new VectorExtension(database);
    }

    @Bean
    Models models(Database database) {
        return new Models(database);
    }

    @Bean
    Collections collections(Database database, VectorExtension extension) {
        return new Collections(database, extension);
    }

    @Bean
    Items items(Database database, Collections collections) {
        return new Items(database, collections);
    }

    @Bean
    Embeddings embeddings(Database database, Collections collections) {
        return new Embeddings(database, collections);
    }

    @Bean
    TombstoneSweep tombstoneSweep(Embeddings embeddings, Operations operations) {
        return new TombstoneSweep(embeddings, operations);
    }

    @Bean
    ApiKeys apiKeys(Database database) {
        return new ApiKeys(database);
    }

    @Bean
    Secrets secrets(Database database) {
        return new Secrets(database);
    }

    @Bean
    Operations operations(Database database) {
        return new Operations(database);
    }

    @Bean
    OperationRunner operationRunner(
            Operations operations, ObjectProvider<EmbeddedDatabase> embedded) {
        return new OperationRunner(operations, embedded.getIfAvailable() != null);
    }

    @Bean
    BenchmarkRuns benchmarkRuns(Database database) {
        return new BenchmarkRuns(database);
    }

    @Bean
    DatabaseHealth databaseHealthIndicator(
            Database database, ObjectProvider<EmbeddedDatabase> embedded) {
        return new DatabaseHealth(database, embedded.getIfAvailable() != null);
    }
}
