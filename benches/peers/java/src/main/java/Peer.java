import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import software.amazon.event.ruler.GenericMachine;

/** A file of events and one of rules come in; the figures of the engine inside EventBridge go out as JSON. */
public final class Peer {
    /** The compiler inside Java needs this long before it is as fast as it gets. */
    private static final double WARM_UP = 6.0;
    private static final double MEASURED = 3.0;

    private Peer() {}

    public static void main(String[] arguments) throws Exception {
        List<String> events = Files.readAllLines(Path.of(arguments[0]));
        List<String> rules = Files.readAllLines(Path.of(arguments[1]));
        double before = heap();
        double start = seconds();
        var machine = new GenericMachine<Integer>();
        int refused = 0;
        for (int id = 0; id < rules.size(); id++) {
            try {
                machine.addRule(id, rules.get(id));
            } catch (Exception refusal) {
                refused++;
            }
        }
        double build = seconds() - start;
        double memory = Math.max(0, heap() - before) / 1e6;
        long matches = pass(machine, events);
        measure(machine, events, WARM_UP);
        double rate = measure(machine, events, MEASURED);
        System.out.printf(
                Locale.ROOT,
                "{\"refused\":%d,\"build\":%f,\"memory\":%f,\"rate\":%f,\"matches\":%d}%n",
                refused, build, memory, rate, matches);
    }

    private static double measure(GenericMachine<Integer> machine, List<String> events, double length) throws Exception {
        double start = seconds();
        long done = 0;
        while (seconds() - start < length) {
            pass(machine, events);
            done += events.size();
        }
        return done / (seconds() - start);
    }

    private static long pass(GenericMachine<Integer> machine, List<String> events) throws Exception {
        long matches = 0;
        for (String event : events) {
            matches += machine.rulesForJSONEvent(event).size();
        }
        return matches;
    }

    /** Processor time of the whole process, cleaning up included. */
    private static double seconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    private static double heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
