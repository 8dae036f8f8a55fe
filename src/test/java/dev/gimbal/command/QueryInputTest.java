package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.dataset.BadInputException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

class QueryInputTest {
    @Command
    private static final class Asked {
        @Mixin private final QueryInput input = new QueryInput();
    }

    private static JsonNode query(String... arguments) throws IOException {
        Asked asked = new Asked();
        new CommandLine(asked).parseArgs(arguments);
        return asked.input.body().path("query");
    }

    @Test
    void aModalityIsThatOfTheOneThingThatIsGiven() throws IOException {
        JsonNode query = query("--collection=c", "--vector=1,2", "--modality=x2", "--item=i");

        assertThat(query.get(0).get("modality").stringValue()).isEqualTo("x2");
        assertThat(query.get(1).has("modality")).isFalse();
        assertThat(query("--collection=c", "--text=soup").get(0).has("modality")).isFalse();
    }

    @Test
    void aModalityOfNothingOrOfSeveralIsRefused() {
        assertThatThrownBy(() -> query("--collection=c", "--item=i", "--modality=x2"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("modality (x2): says what one of");
        assertThatThrownBy(
                        () -> query("--collection=c", "--text=soup", "--vector=1", "--modality=x2"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("modality (x2): says what one of");
    }
}
