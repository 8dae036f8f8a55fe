package dev.gimbal.web;

import dev.gimbal.store.ApiKey;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a key must allow for an operation; the one on the method goes before the one on the class.
/// Without it a GET takes `READ` and everything else `ADMIN`.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface Requires {
    ApiKey.Scope value();

    /// Whether keys that are bound to collections may call it although its address names none.
    boolean boundKeysToo() default false;
}
