package dev.gimbal.web;

import dev.gimbal.store.ApiKey;
import dev.gimbal.store.ConflictException;
import dev.gimbal.store.NotFoundException;
import dev.gimbal.store.Operation;
import dev.gimbal.store.Operations;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Long-running work: where it stands, once or as a stream of server-sent events, and cancelling
/// it.
@RestController
@RequestMapping("/v1/operations")
class OperationController {
    private static final int LISTED = 100;
    private static final Duration GLANCE = Duration.ofMillis(250);
    private static final Duration LONGEST_STREAM = Duration.ofHours(12);

    private final Operations operations;
    private volatile boolean closing;

    OperationController(Operations operations) {
        this.operations = operations;
    }

    @GetMapping
    List<Operation> list() {
        return operations.list(LISTED);
    }

    @Requires(value = ApiKey.Scope.READ, boundKeysToo = true)
    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Operation get(@PathVariable UUID id) {
        return operations.find(id).orElseThrow(() -> new NotFoundException("operation", id));
    }

    @Requires(value = ApiKey.Scope.READ, boundKeysToo = true)
    @GetMapping(path = "/{id}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(@PathVariable UUID id) {
        Operation first = get(id);
        SseEmitter emitter = new SseEmitter(LONGEST_STREAM.toMillis());
        Thread.ofVirtual().name("operation-events-" + id).start(() -> tell(emitter, first));
        return emitter;
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Operation> cancel(@PathVariable UUID id) {
        if (!operations.cancel(id)) {
            throw new ConflictException("operation '" + id + "' has finished already");
        }
        return ResponseEntity.accepted().body(get(id));
    }

    /// Open streams must not hold up a graceful shutdown.
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
    }

    /// Sends every change until the operation has finished or the client has gone.
    private void tell(SseEmitter emitter, Operation first) {
        try {
            Operation told = first;
            emitter.send(SseEmitter.event().name("operation").data(told));
            while (!told.finished() && !closing) {
                Thread.sleep(GLANCE);
                Operation now = get(told.id());
                if (!now.equals(told)) {
                    emitter.send(SseEmitter.event().name("operation").data(now));
                }
                told = now;
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            emitter.complete();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            emitter.completeWithError(e);
        }
    }
}
