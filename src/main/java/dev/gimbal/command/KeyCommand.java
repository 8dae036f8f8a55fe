package dev.gimbal.command;

import dev.gimbal.store.ApiKey;
import dev.gimbal.store.ApiKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gimbal key`: makes, lists and revokes API keys in a service's database, which it opens itself:
/// the service that owns an embedded one is stopped meanwhile, or asked over HTTP (`/v1/keys`).
@Command(
        name = "key",
        description = "API keys of a service, in its database.",
        mixinStandardHelpOptions = true,
        subcommands = {KeyCommand.Create.class, KeyCommand.ListAll.class, KeyCommand.Revoke.class})
final class KeyCommand {

    @Command(
            name = "create",
            description = "Makes a key and prints it, this one time.",
            mixinStandardHelpOptions = true)
    static final class Create implements Runnable {
        @Mixin private KeyDatabase database = new KeyDatabase();

        @Option(names = "--name", required = true, description = "whose key it is")
        private String name = "";

        @Option(
                names = "--scope",
                defaultValue = "READ",
                description = "READ, WRITE or ADMIN, each with those before (${DEFAULT-VALUE})")
        private ApiKey.Scope scope = ApiKey.Scope.READ;

        @Option(
                names = "--collection",
                description = "the only collection that it reaches; may be repeated")
        private List<String> collections = new ArrayList<>();

        @Override
        public void run() {
            ApiKeys.Created created =
                    database.with(keys -> keys.create(name, scope, List.copyOf(collections)));
            System.out.println(created.text());
        }
    }

    @Command(name = "list", description = "Lists the keys.", mixinStandardHelpOptions = true)
    static final class ListAll implements Runnable {
        @Mixin private KeyDatabase database = new KeyDatabase();

        @Override
        public void run() {
            for (ApiKey key : database.with(ApiKeys::list)) {
                System.out.printf(
                        "%s  %-5s  %s  %s  %s%n",
                        key.id(),
                        key.scope().name().toLowerCase(Locale.ROOT),
                        key.bound() ? String.join(",", key.collections()) : "everything",
                        key.revoked() == null ? "valid" : "revoked " + key.revoked(),
                        key.name());
            }
        }
    }

    @Command(name = "revoke", description = "Ends a key at once.", mixinStandardHelpOptions = true)
    static final class Revoke implements Runnable {
        @Mixin private KeyDatabase database = new KeyDatabase();

        @Parameters(paramLabel = "ID", description = "as the list shows it")
        private String id = "";

        @Override
        public void run() {
            if (!database.with(keys -> keys.revoke(id))) {
                throw new IllegalArgumentException("no valid key '" + id + "'");
            }
        }
    }
}
