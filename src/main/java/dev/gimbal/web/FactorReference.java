package dev.gimbal.web;

import com.fasterxml.jackson.annotation.JsonCreator;

/// A factor in a request: its name, or its position as a number or a text.
record FactorReference(String text) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FactorReference named(String name) {
        return new FactorReference(name);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FactorReference at(int position) {
        return new FactorReference(Integer.toString(position));
    }
}
