package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gimbal.store.OldDatabase;
import dev.gimbal.store.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// "Upgrades and rollbacks" of `docs/operations.md`: a filled database of each earlier schema is
/// upgraded by the present program and answers as before; the dump from before an upgrade takes the
/// earlier program back.
class UpgradeTest {
    private static final String COLLECTION = "/v1/collections/grown";
    private static final String QUERY =
            "{\"query\":[{\"image\":\"%s\"}],\"k\":40"
                    .formatted(Service.base64(Service.png("square", 1)));

    @TempDir private Path folder;

    @Test
    void aDatabaseOfEachEarlierSchemaIsUpgradedAndAnswersAsBefore() throws Exception {
        try (PostgresServer server = PostgresServer.start(folder)) {
            OldDatabase.create(server, "present");
            String key;
            String before;
            try (Service service = Service.over(server, "present")) {
                key = fill(service);
                before = answers(service);
            }
            int present = OldDatabase.applied(server, "present");
            for (int version = 1; version < present; version++) {
                OldDatabase old = old(server, version);
                try (Service service = Service.over(server, old.name())) {
                    assertThat(answers(service)).as(old.name()).isEqualTo(before);
                    goesOn(service);
                    if (version >= 3) { // keys came with it
                        String model = "/v1/models/" + Service.SPRITES_MODEL.fingerprint();
                        assertThat(service.asked(key, model).status()).isEqualTo(200);
                    }
                }
                assertThat(OldDatabase.applied(server, old.name())).isEqualTo(present);
            }
        }
    }

    @Test
    void theDumpFromBeforeAnUpgradeTakesTheEarlierProgramBack() throws Exception {
        Path programs = Path.of("/usr/lib/postgresql/15/bin");
        assumeTrue(
                Files.isExecutable(programs.resolve("pg_dump")),
                "needs PostgreSQL 15 with its client: run .ci/install-pgvector");
        try (PostgresServer server = PostgresServer.start(programs, folder)) {
            OldDatabase.create(server, "present");
            String before;
            try (Service service = Service.over(server, "present")) {
                fill(service);
                before = answers(service);
            }
            OldDatabase old = old(server, OldDatabase.applied(server, "present") - 1);
            Path dump = folder.resolve("gimbal.dump");
            server.run("pg_dump", server.client("-Fc", "-f", dump.toString(), old.name()));
            try (Service service = Service.over(server, old.name())) {
                goesOn(service);
            }

            server.run("dropdb", server.client(old.name()));
            server.run("createdb", server.client("-O", old.name(), old.name()));
            server.run(
                    "pg_restore",
                    server.client("-d", old.name(), "--exit-on-error", dump.toString()));
            assertThat(OldDatabase.applied(server, old.name())).isEqualTo(old.version());
            assertThat(old.migrate()).as("the earlier program finds its tables").isZero();
            try (Service service = Service.over(server, old.name())) {
                assertThat(answers(service)).as("nothing is missing").isEqualTo(before);
            }
        }
    }

    private static OldDatabase old(PostgresServer server, int version) throws Exception {
        OldDatabase old = new OldDatabase(server, "version" + version, version);
        OldDatabase.create(server, old.name());
        assertThat(old.migrate()).isEqualTo(version);
        old.fillFrom("present");
        return old;
    }

    /// @return an API key
    private static String fill(Service service) {
        service.install(Service.SPRITES_MODEL);
        service.ovals("grown", 40);
        assertThat(service.delete(COLLECTION + "/items?id=oval/7").status()).isEqualTo(204);
        service.patch(
                "/v1/models/" + Service.SPRITES_MODEL.fingerprint(),
                "{\"factors\":{\"x\":\"across\"}}");
        return service.post("/v1/keys", "{\"name\":\"k\",\"scope\":\"READ\"}")
                .json()
                .get("text")
                .stringValue();
    }

    /// What a caller sees: hits, filtered ones, those of a turned knob, a payload, the collection
    /// and the model.
    private static String answers(Service service) {
        String filtered = QUERY + ",\"filter\":{\"n\":{\"lt\":9}}}";
        String turned = QUERY + ",\"offsets\":{\"0\":0.5}}";
        byte[] payload =
                service.get(COLLECTION + "/items/payload?id=oval/3&modality=oval")
                        .response()
                        .body();
        return Stream.of(
                        service.post(COLLECTION + "/query", QUERY + "}").json().get("hits"),
                        service.post(COLLECTION + "/query", filtered).json().get("hits"),
                        service.post(COLLECTION + "/manipulations", turned).json().get("hits"),
                        service.get(COLLECTION).json(),
                        service.get("/v1/models/" + Service.SPRITES_MODEL.fingerprint()).json())
                .map(String::valueOf)
                .reduce(Service.base64(payload), String::concat);
    }

    /// Writes, deletes, a further model and a cursor, whose secret came last.
    private static void goesOn(Service service) {
        assertThat(service.upload("grown", Service.ovalLine(77) + "\n").get("state").stringValue())
                .isEqualTo("SUCCEEDED");
        assertThat(service.delete(COLLECTION + "/items?id=oval/8").status()).isEqualTo(204);
        assertThat(service.get(COLLECTION).json().get("items").intValue()).isEqualTo(39);
        service.install(Service.OTHER_SPRITES_MODEL);
        assertThat(service.get("/v1/models").json().size()).isEqualTo(2);
        assertThat(
                        service.post(COLLECTION + "/query", QUERY + ",\"candidates\":100}")
                                .json()
                                .get("hits")
                                .size())
                .isEqualTo(39);
    }
}
