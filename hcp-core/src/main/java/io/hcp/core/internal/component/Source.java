package io.hcp.core.internal.component;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** One way to come by programs. */
interface Source {
    /** The name under which its reasons appear in the message when nothing works. */
    String name();

    /**
     * Looks for programs.
     *
     * @return for each program its file, or a reason
     */
    Map<Program, Finding> find(Collection<Program> programs) throws IOException, InterruptedException;

    /** A source that handles one program after the other. */
    interface OneByOne extends Source {
        Finding find(Program program) throws IOException, InterruptedException;

        @Override
        default Map<Program, Finding> find(Collection<Program> programs) throws IOException, InterruptedException {
            Map<Program, Finding> findings = new LinkedHashMap<>();
            for (Program program : programs) {
                findings.put(program, find(program));
            }
            return findings;
        }
    }
}
