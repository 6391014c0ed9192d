import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/**
 * Lines {"pattern":"…","event":"…"} come in (both as text); for each the engine's verdict goes out:
 * {"valid":…,"fallback":…,"match":…,"error":…,"event_error":…}. An empty line flushes and gives none.
 * "fallback" says that only the older compiler took the pattern; "unusable" that its own check took it, but no
 * machine does. With "other_finder":true the engine walks the event in the other of its two ways.
 *
 * A machine of one rule is made for each line, as Ruler.matchesRule does; the steps are taken apart here
 * so that a bad pattern can be told from a bad event.
 */
public final class Judge {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Judge() {}

    public static void main(String[] arguments) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16);
        var output = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 16);
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.isEmpty()) {
                output.flush();
                continue;
            }
            JsonNode pair = MAPPER.readTree(line);
            JsonNode event = pair.get("event");
            var machine = Machine.builder().withStructuredMatching(!pair.path("other_finder").asBoolean()).build();
            String text = event == null ? null : event.asText();
            output.write(verdict(machine, pair.get("pattern").asText(), text).toString());
            output.write('\n');
        }
        output.flush();
    }

    private static ObjectNode verdict(Machine machine, String pattern, String event) {
        ObjectNode verdict = MAPPER.createObjectNode();
        String complaint = complaint(pattern);
        verdict.put("error", complaint);
        try {
            machine.addRule("rule", pattern);
            verdict.put("valid", true);
            verdict.put("fallback", complaint != null);
        } catch (Exception | StackOverflowError | AssertionError refusal) {
            verdict.put("valid", complaint == null);
            verdict.put("unusable", complaint == null || isCrash(refusal));
            return verdict;
        }
        if (event != null) {
            match(machine, event, verdict);
        }
        return verdict;
    }

    private static boolean isCrash(Throwable refusal) {
        return refusal instanceof NullPointerException || refusal instanceof IndexOutOfBoundsException;
    }

    private static void match(Machine machine, String event, ObjectNode verdict) {
        try {
            verdict.put("match", !machine.rulesForJSONEvent(event).isEmpty());
        } catch (Exception | StackOverflowError | AssertionError refusal) {
            verdict.put("event_error", refusal.toString());
        }
    }

    /** Why the compiler of today refuses a pattern; not RuleCompiler.check, which knows no $or. */
    private static String complaint(String pattern) {
        try {
            return JsonRuleCompiler.check(pattern);
        } catch (Exception | StackOverflowError | AssertionError refusal) {
            return refusal.toString();
        }
    }
}
