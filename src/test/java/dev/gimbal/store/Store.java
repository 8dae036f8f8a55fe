package dev.gimbal.store;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The repositories over one server, for tests.
public final class Store {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public final Database database;
    public final VectorExtension extension;
    public final Collections collections;
    public final Items items;
    public final Embeddings embeddings;
    public final Models models;

    public Store(DataSource source) {
        database = new Database(source);
        extension = new VectorExtension(database);
        collections = new Collections(database, extension);
        items = new Items(database, collections);
        embeddings = new Embeddings(database, collections);
        models = new Models(database);
    }

    /// Over the embedded server of this JVM.
    public static Store shared() {
        return new Store(TestDatabase.shared());
    }

    /// An empty collection of its own, with modalities `a` and `b`.
    public String collection(Engine engine) {
        String name = "c-" + UUID.randomUUID();
        return collections.create(name, List.of("a", "b"), null, engine).name();
    }

    /// An item with a text and, under model `m`, a vector of modality `a`.
    public static ItemWrite item(String id, String text, float... vector) {
        return new ItemWrite(
                id,
                Map.of("a", new Payload.Text(text)),
                json("{}"),
                vector.length == 0 ? List.of() : List.of(new Embedding("m", "a", vector)));
    }

    /// An object from its text.
    public static ObjectNode json(String text) {
        return (ObjectNode) MAPPER.readTree(text);
    }
}
