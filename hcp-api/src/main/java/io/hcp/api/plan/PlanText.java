package io.hcp.api.plan;

import io.hcp.api.model.Component;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans as people read them before they agree: narrow enough for a terminal, with nothing left out but long values. */
final class PlanText {
    /** What answers: the program, or all that runs beside it. */
    private static final Set<String> SERVING = Set.of(Component.KUBE_APISERVER.toString(), "control plane");

    private static final int WIDTH = 110;
    private static final int WIDEST_PATH = 60;

    private final Plan plan;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Plan plan) {
        this.plan = plan;
    }

    static String of(Plan plan) {
        PlanText text = new PlanText(plan);
        text.wrapped(text.title(), "", "  ");
        text.changes();
        text.steps();
        text.consequences();
        text.obstacles();
        if (!plan.isEmpty()) {
            text.lines.add("Digest: " + plan.digest());
        }
        return String.join("\n", text.lines);
    }

    private String title() {
        String version = ", Kubernetes " + plan.wanted().kubernetesVersion();
        String name = "tenant \"" + plan.wanted().name() + "\"";
        String what = switch (plan.kind()) {
            case APPLY -> "Plan for " + name + version;
            case RECONCILE -> "Plan to reconcile " + name + version;
            case DELETE -> "Plan to delete " + name;
        };
        if (plan.isEmpty()) {
            return what + ": nothing to do";
        }
        String changes = plan.changes().isEmpty() ? "" : count(plan.changes().size(), "change") + ", ";
        return what + ": " + changes + count(plan.steps().size(), "step") + "; " + touches();
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** What happens to the components; one that is stopped and started is restarted. */
    private String touches() {
        Set<String> stopped = touched("stop ");
        Set<String> started = touched("start ");
        Set<String> restarted = new LinkedHashSet<>(stopped);
        restarted.retainAll(started);
        stopped.removeAll(restarted);
        started.removeAll(restarted);
        List<String> parts = new ArrayList<>();
        addNames(parts, "restarts ", restarted);
        addNames(parts, "rolls ", touched("roll "));
        addNames(parts, "stops ", stopped);
        addNames(parts, "starts ", started);
        return parts.isEmpty() ? "touches no component" : String.join("; ", parts);
    }

    /** The components of such steps; of steps with several components what these are called together. */
    private Set<String> touched(String verb) {
        Set<String> found = new LinkedHashSet<>();
        plan.steps().stream()
                .filter(step -> step.id().startsWith(verb))
                .sorted(Comparator.comparing(
                        step -> step.component().map(Component::ordinal).orElse(0)))
                .forEach(step -> found.add(step.component()
                        .map(Component::toString)
                        .orElse(step.id().substring(verb.length()))));
        return found;
    }

    private static void addNames(List<String> parts, String verb, Set<String> names) {
        if (names.size() == Component.values().length) {
            parts.add(verb + "every component");
        } else if (!names.isEmpty()) {
            parts.add(verb + String.join(", ", names));
        }
    }

    private void changes() {
        if (plan.changes().isEmpty()) {
            return;
        }
        heading("Changes:");
        int column = plan.changes().stream()
                .mapToInt(change -> change.path().length())
                .filter(length -> length <= WIDEST_PATH)
                .max()
                .orElse(WIDEST_PATH);
        for (FieldChange change : plan.changes()) {
            String start = ("  %s %-" + column + "s").formatted(sign(change), change.path());
            String values = values(change, Integer.MAX_VALUE);
            if (start.length() + 2 + values.length() <= WIDTH) {
                lines.add(start + "  " + values);
            } else {
                lines.add(start.stripTrailing());
                lines.add(" ".repeat(6) + values(change, WIDTH - 6));
            }
        }
    }

    private static char sign(FieldChange change) {
        if (change.before().isEmpty()) {
            return '+';
        }
        return change.after().isEmpty() ? '-' : '~';
    }

    private static String values(FieldChange change, int room) {
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return change.before()
                    .or(change::after)
                    .map(value -> cut(value, room))
                    .orElse("");
        }
        int half = (room - " -> ".length()) / 2;
        return cut(change.before().get(), half) + " -> " + cut(change.after().get(), half);
    }

    private static String cut(String value, int room) {
        String line = value.replace("\r", "\\r").replace("\n", "\\n");
        return line.length() <= room ? line : line.substring(0, room - 3) + "...";
    }

    private void steps() {
        if (plan.isEmpty()) {
            return;
        }
        heading("Steps:");
        List<String> ids = plan.steps().stream().map(PlanStep::id).toList();
        List<String> waits =
                plan.steps().stream().map(step -> waitsFor(step, ids)).toList();
        int digits = String.valueOf(ids.size()).length();
        String form = "  %" + digits + "d  %-" + widest(ids) + "s  %-" + widest(waits) + "s  ";
        for (int i = 0; i < ids.size(); i++) {
            String start = form.formatted(i + 1, ids.get(i), waits.get(i));
            wrapped(plan.steps().get(i).reason(), start, " ".repeat(start.length()));
        }
        lines.add("");
    }

    private static String waitsFor(PlanStep step, List<String> ids) {
        String numbers = step.after().stream()
                .map(id -> ids.indexOf(id) + 1)
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return numbers.isEmpty() ? "" : "after " + numbers;
    }

    private static int widest(List<String> texts) {
        return Math.max(1, texts.stream().mapToInt(String::length).max().orElse(1));
    }

    private void consequences() {
        if (plan.isEmpty()) {
            return;
        }
        lines.add("API: " + api());
        if (!plan.irreversible().isEmpty()) {
            lines.add("Irreversible:");
            plan.irreversible().forEach(reason -> wrapped(reason, "  ! ", "    "));
        }
    }

    private String api() {
        if (plan.kind() == PlanKind.DELETE) {
            return serving("stop ").isPresent() ? "ends" : "does not answer now";
        }
        if (!plan.apiGap().isZero()) {
            return "does not answer for up to " + seconds(plan.apiGap());
        }
        return serving("start ")
                .map(name -> "answers once " + name + " has started")
                .orElse("answers throughout");
    }

    /** What answers, if there is such a step with it. */
    private Optional<String> serving(String verb) {
        return touched(verb).stream().filter(SERVING::contains).findFirst();
    }

    /** Tenths of a second up to a minute, whole seconds above; never less than it is. */
    private static String seconds(Duration duration) {
        BigDecimal exact = BigDecimal.valueOf(duration.toSeconds()).add(BigDecimal.valueOf(duration.toNanosPart(), 9));
        if (exact.compareTo(BigDecimal.valueOf(60)) < 0) {
            return exact.setScale(1, RoundingMode.CEILING).stripTrailingZeros().toPlainString() + "s";
        }
        long whole = exact.setScale(0, RoundingMode.CEILING).longValueExact();
        return whole / 60 + "m" + whole % 60 + "s";
    }

    private void obstacles() {
        if (plan.obstacles().isEmpty()) {
            return;
        }
        if (plan.isEmpty()) {
            lines.add("");
        }
        lines.add("Cannot be applied:");
        for (Obstacle obstacle : plan.obstacles()) {
            wrapped(obstacle.problem(), "  x ", "    ");
            wrapped("remedy: " + obstacle.remedy(), "    ", "      ");
        }
    }

    private void heading(String heading) {
        lines.add("");
        lines.add(heading);
    }

    /** Breaks text between words; a word that is too long for a line stays whole. */
    private void wrapped(String text, String first, String further) {
        StringBuilder line = new StringBuilder(first);
        int start = line.length();
        for (String word : text.split(" ", -1)) {
            if (line.length() > start && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(further);
                start = further.length();
            }
            line.append(line.length() > start ? " " : "").append(word);
        }
        lines.add(line.toString());
    }
}
