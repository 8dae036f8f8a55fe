package dev.gimbal.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An operation without a body that is as much work as one with: it takes a place too
/// ([Admission]).
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Admitted {}
