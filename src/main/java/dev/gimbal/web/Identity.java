package dev.gimbal.web;

/// What the header `Authorization` of a request proves.
sealed interface Identity {
    /// Who it is.
    record Known(Caller caller) implements Identity {}

    /// Nothing: it is no key and no token that counts.
    ///
    /// @param token whether it was taken for a token
    record Unproven(String detail, boolean token) implements Identity {}

    /// A good token, which allows nothing here.
    ///
    /// @param needed a scope that would
    record Powerless(String detail, String needed) implements Identity {}

    /// It cannot be told for now.
    record Untold(String detail) implements Identity {}
}
