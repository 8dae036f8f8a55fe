/// The HTTP API, version 1. Controllers turn JSON records into the types of the packages above, and
/// their answers back; they hold no logic of their own. Whatever is wrong with a request becomes an
/// RFC 9457 problem that names field and value, in [dev.gimbal.web.Problems], and never a line in
/// the log.
@NullMarked
package dev.gimbal.web;

import org.jspecify.annotations.NullMarked;
