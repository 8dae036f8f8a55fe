package dev.gimbal.web;

import dev.gimbal.store.ApiKey;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.webmvc.api.OpenApiResource;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Holds each operation against the caller's key, once the operation is known: the collection is
/// the very variable that the operation gets, however the address spells it.
@Component
final class Access implements HandlerInterceptor, WebMvcConfigurer {
    private static final Logger AUDIT = LoggerFactory.getLogger("dev.gimbal.audit");
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private final KeyRule rule;

    Access(KeyRule rule) {
        this.rule = rule;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod operation
                && request.getDispatcherType() == DispatcherType.REQUEST) {
            ApiKey key = KeyFilter.key(request);
            Requires requires = requires(operation);
            ApiKey.Scope scope = scope(requires, request.getMethod());
            if (OpenApiResource.class.isAssignableFrom(operation.getBeanType())) {
                return true; // it tells nothing of what is stored; KeyFilter has asked for a key
            }
            if (key != null) {
                requireScope(key, scope);
                requireReach(key, requires, collection(request));
            } else if (rule.required()) {
                throw new ForbiddenException("key", "none", "this needs an API key");
            }
            if (scope == ApiKey.Scope.ADMIN) {
                audit(key, request);
            }
        }
        return true;
    }

    private static void requireScope(ApiKey key, ApiKey.Scope needed) {
        if (!key.allows(needed)) {
            throw new ForbiddenException(
                    "scope", key.scope().name(), "this needs a key of scope " + needed);
        }
    }

    private static void requireReach(
            ApiKey key, @Nullable Requires requires, @Nullable String collection) {
        if (collection == null
                ? key.bound() && (requires == null || !requires.boundKeysToo())
                : !key.reaches(collection)) {
            throw new ForbiddenException(
                    "collection",
                    collection == null ? "none" : collection,
                    "this key reaches only " + key.collections());
        }
    }

    private static ApiKey.Scope scope(@Nullable Requires requires, String method) {
        if (requires != null) {
            return requires.value();
        }
        return READS.contains(method) ? ApiKey.Scope.READ : ApiKey.Scope.ADMIN;
    }

    private static @Nullable Requires requires(HandlerMethod operation) {
        Requires own = operation.getMethodAnnotation(Requires.class);
        return own != null ? own : operation.getBeanType().getAnnotation(Requires.class);
    }

    private static @Nullable String collection(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                        instanceof Map<?, ?> variables
                ? (String) variables.get("collection")
                : null;
    }

    /// The address is logged as it was sent, where line ends can only stand encoded.
    private static void audit(@Nullable ApiKey key, HttpServletRequest request) {
        AUDIT.info(
                "{} {} by {}",
                request.getMethod(),
                request.getRequestURI(),
                key == null ? "loopback" : "key " + key.id());
    }
}
