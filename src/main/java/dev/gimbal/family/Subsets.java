package dev.gimbal.family;

import java.util.ArrayList;
import java.util.List;

/// Subsets of a few things, numbered by the bits of an integer: bit i says whether the i-th one is
/// a member.
public final class Subsets {
    private Subsets() {}

    /// How many there are of `n` things, the empty one and the whole included.
    public static int count(int n) {
        return 1 << n;
    }

    /// The members of one subset, in their order.
    public static <T> List<T> members(List<T> all, int subset) {
        List<T> members = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if ((subset >> i & 1) == 1) {
                members.add(all.get(i));
            }
        }
        return members;
    }
}
