package dev.gimbal.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/// The database is out of reach, out of space or starting up: not the request's fault, and over
/// some time.
public final class Outage {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long PAUSE_MILLIS = 500;

    private Outage() {}

    /// Whether a failure is one: no connection, a connection that was cut or a server that ran out
    /// of something, no transaction, or one that could not be ended.
    public static boolean is(RuntimeException failure) {
        return failure instanceof DataAccessResourceFailureException && !beyondLimits(failure)
                || failure instanceof CannotCreateTransactionException
                || failure instanceof TransactionSystemException;
    }

    /// Spring counts class 54 ("program limit exceeded") as a lack of resources, but no waiting
    /// makes a row smaller or a text less deep.
    private static boolean beyondLimits(RuntimeException failure) {
        return failure.getCause() instanceof SQLException cause
                && cause.getSQLState() != null
                && cause.getSQLState().startsWith("54");
    }

    /// Does a step of long work again until no outage, or 10 minutes of one, stands in the way.
    ///
    /// @param step safe to repeat: whether a commit that failed took place, nobody knows
    public static <T> T outlast(Supplier<T> step) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return step.get();
            } catch (RuntimeException e) {
                if (!is(e) || System.nanoTime() > end) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(RuntimeException outage) {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw outage;
        }
    }
}
