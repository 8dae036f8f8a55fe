package dev.gimbal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseTest {
    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createTempDirectory("gimbal-home");
    }

    @AfterEach
    void deleteHome() throws IOException {
        TestFiles.delete(home);
    }

    @Test
    void dataOutlastARestart() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
            run(database, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        long start = System.nanoTime();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
            System.out.println(
                    "second start: "
                            + Duration.ofNanos(System.nanoTime() - start).toMillis()
                            + " ms");
            assertThat(ask(database, "SELECT answer FROM kept")).containsExactly("42");
        }
    }

    @Test
    void isHardenedAgainstOtherUsersAndPowerCuts() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
            assertThat(ask(database, "SHOW fsync")).containsExactly("on");
            assertThat(ask(database, "SHOW synchronous_commit")).containsExactly("on");
            assertThat(ask(database, "SHOW listen_addresses")).containsExactly("localhost");
            assertThat(ask(database, "SHOW unix_socket_directories")).containsExactly("");
            assertThat(ask(database, "SELECT DISTINCT auth_method FROM pg_hba_file_rules"))
                    .containsExactly("scram-sha-256");
            assertThat(
                            ask(
                                    database,
                                    "SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid"
                                            + " WHERE rolname = 'postgres'"))
                    .containsExactly("t");
            assertThatThrownBy(
                            () -> DriverManager.getConnection(database.url(), "postgres", "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
        assertThat(permissions(home.resolve("postgres"))).isEqualTo("rwx------");
        assertThat(permissions(home.resolve("postgres/password"))).isEqualTo("rw-------");
    }

    @Test
    void aSecondServiceOnTheSameHomeIsRefused() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(home))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(home.toString())
                    .hasMessageContaining("in use by another Gimbal");
            assertThat(ask(database, "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void theServerOfAKilledServiceIsStoppedAndItsDataStay() throws Exception {
        Process service = startService();
        assertThatThrownBy(() -> EmbeddedDatabase.start(home))
                .hasMessageContaining("in use by another Gimbal");
        ProcessHandle orphan = server();
        service.destroyForcibly().waitFor();
        assertThat(orphan.isAlive()).isTrue();

        try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(ask(database, "SELECT answer FROM kept")).containsExactly("42");
        }
    }

    @Test
    void aServerKilledWithItsServiceRecovers() throws Exception {
        Process service = startService();
        ProcessHandle server = server();
        service.destroyForcibly().waitFor();
        server.destroyForcibly();
        server.onExit().get(10, TimeUnit.SECONDS);

        try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
            assertThat(ask(database, "SELECT answer FROM kept")).containsExactly("42");
        }
    }

    @Test
    void aServerThatEndsByItselfIsStartedAgainWhereItWas() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
            run(database, "CREATE TABLE kept AS SELECT 42 AS answer");
            ProcessHandle killed = server();
            killed.destroyForcibly();
            killed.onExit().get(10, TimeUnit.SECONDS);

            assertThat(awaited(database, "SELECT answer FROM kept")).containsExactly("42");
        }
        assertThat(home.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }

    private static List<String> awaited(EmbeddedDatabase database, String sql) throws Exception {
        while (true) {
            try {
                return ask(database, sql);
            } catch (SQLException notYet) {
                Thread.sleep(100);
            }
        }
    }

    @Test
    void aProcessThatGotTheOldServersNumberIsLeftAlone() throws Exception {
        try (EmbeddedDatabase _ = EmbeddedDatabase.start(home)) {}
        Process other = new ProcessBuilder("sleep", "60").start();
        Path data = home.resolve("postgres/data");
        Files.writeString(data.resolve("postmaster.pid"), other.pid() + "\n" + data + "\n");
        try {
            new ServerDirectory(home.resolve("postgres")).stopOrphan();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void dataOfAnotherMajorVersionAreRefusedAndLeftAsTheyAre() throws Exception {
        Path data = Files.createDirectories(home.resolve("postgres/data"));
        Files.writeString(data.resolve("PG_VERSION"), "16\n");

        assertThatThrownBy(() -> EmbeddedDatabase.start(home))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("written by PostgreSQL 16, this Gimbal brings 17");
        assertThat(data.resolve("PG_VERSION")).hasContent("16");
    }

    @Test
    void aFirstStartThatWasCutShortIsBegunAgain() throws Exception {
        Path data = Files.createDirectories(home.resolve("postgres/data/base"));
        Files.writeString(data.resolveSibling("PG_VERSION"), "17\n");

        try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
            assertThat(ask(database, "SELECT 1")).containsExactly("1");
        }
    }

    private Process startService() throws IOException {
        Process service =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                EmbeddedService.class.getName(),
                                home.toString())
                        .redirectErrorStream(true)
                        .start();
        BufferedReader output = service.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        while (!lines.contains("ready")) {
            String line = output.readLine();
            assertThat(line).as("the service's output %s", lines).isNotNull();
            lines.add(line);
        }
        return service;
    }

    private ProcessHandle server() throws IOException {
        Path file = home.resolve("postgres/data/postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void run(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database)) {
            connection.createStatement().execute(sql);
        }
    }

    private static List<String> ask(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            List<String> answers = new ArrayList<>();
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
            return answers;
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
