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

/// Holds each operation against what its caller may, once the operation is known: the collection is
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
            Caller caller = KeyFilter.caller(request);
            Requires requires = requires(operation);
            ApiKey.Scope scope = scope(requires, request.getMethod());
            if (OpenApiResource.class.isAssignableFrom(operation.getBeanType())) {
                return true; // it tells nothing of what is stored; KeyFilter has asked for a key
            }
            if (caller != null) {
                requireScope(caller, scope);
                requireReach(caller, requires, collection(request));
            } else if (rule.required()) {
                throw new ForbiddenException("key", "none", "this needs an API key");
            }
            if (scope == ApiKey.Scope.ADMIN) {
                audit(caller, request);
            }
        }
        return true;
    }

    private static void requireScope(Caller caller, ApiKey.Scope needed) {
        if (!caller.allows(needed)) {
            throw new ForbiddenException(
                    "scope", caller.scope().name(), "this needs the scope " + needed);
        }
    }

    private static void requireReach(
            Caller caller, @Nullable Requires requires, @Nullable String collection) {
        if (collection == null
                ? caller.bound() && (requires == null || !requires.boundKeysToo())
                : !caller.reaches(collection)) {
            throw new ForbiddenException(
                    "collection",
                    collection == null ? "none" : collection,
                    "this key reaches only " + caller.collections());
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
    private static void audit(@Nullable Caller caller, HttpServletRequest request) {
        AUDIT.info(
                "{} {} by {}",
                request.getMethod(),
                request.getRequestURI(),
                caller == null ? "loopback" : caller.name());
    }
}
