package dev.gimbal.web;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.store.ApiKey;
import dev.gimbal.store.ApiKeys;
import dev.gimbal.store.NotFoundException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// API keys. The key itself is in the answer that makes it, and never again.
@RestController
@RequestMapping("/v1/keys")
@Requires(ApiKey.Scope.ADMIN)
class KeyController {
    private final ApiKeys keys;

    KeyController(ApiKeys keys) {
        this.keys = keys;
    }

    /// @param collections the only ones that it reaches; absent or empty for all
    record KeyRequest(
            @Nullable String name,
            @Nullable String scope,
            @Nullable List<@Nullable String> collections) {}

    /// @param text what the bearer presents
    record KeyCreated(ApiKey key, String text) {}

    record Keys(List<ApiKey> keys) {}

    @GetMapping
    Keys list() {
        return new Keys(keys.list());
    }

    @PostMapping
    ResponseEntity<KeyCreated> create(@RequestBody KeyRequest body) {
        ApiKeys.Created created;
        try {
            created = keys.create(name(body), scope(body), collections(body));
        } catch (BadInputException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            boolean aboutName = message.startsWith("name");
            throw new BadInputException(
                    aboutName ? "name" : "collections",
                    aboutName ? String.valueOf(body.name()) : String.valueOf(body.collections()),
                    message);
        }
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Cache-Control", "no-store")
                .body(new KeyCreated(created.key(), created.text()));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> revoke(@PathVariable String id) {
        if (!keys.revoke(id)) {
            throw new NotFoundException("key", id);
        }
        return ResponseEntity.noContent().build();
    }

    private static String name(KeyRequest body) {
        if (body.name() == null) {
            throw new BadInputException("name", "none", "say whose key it is");
        }
        return body.name();
    }

    private static ApiKey.Scope scope(KeyRequest body) {
        return switch (String.valueOf(body.scope()).toLowerCase(Locale.ROOT)) {
            case "read" -> ApiKey.Scope.READ;
            case "write" -> ApiKey.Scope.WRITE;
            case "admin" -> ApiKey.Scope.ADMIN;
            default ->
                    throw new BadInputException(
                            "scope", String.valueOf(body.scope()), "scope is read, write or admin");
        };
    }

    private static List<String> collections(KeyRequest body) {
        if (body.collections() == null) {
            return List.of();
        }
        return body.collections().stream().map(KeyController::text).toList();
    }

    private static String text(@Nullable String collection) {
        if (collection == null) {
            throw new BadInputException("collections", "null", "a name is a text");
        }
        return collection;
    }
}
