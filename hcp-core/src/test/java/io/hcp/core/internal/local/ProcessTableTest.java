package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.Component;
import io.hcp.core.internal.local.ProcessTable.Entry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProcessTableTest {
    private final Path directory = Path.of("/data/tenants/" + UUID.randomUUID());
    private final Processes processes = new Processes();

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    @Test
    void find_markedProcesses_areFoundWithWhatTheyAre() {
        RunningProcess etcd = marked(ProcessTable.marks(directory, Component.ETCD, "0123"));
        RunningProcess scheduler = marked(ProcessTable.marks(directory, Component.KUBE_SCHEDULER, "4567"));

        assertThat(ProcessTable.find(directory))
                .containsExactlyInAnyOrder(
                        new Entry(Component.ETCD, "0123", etcd),
                        new Entry(Component.KUBE_SCHEDULER, "4567", scheduler));
    }

    @Test
    void find_sameComponentTwice_givesBoth() {
        marked(ProcessTable.marks(directory, Component.ETCD, "0123"));
        marked(ProcessTable.marks(directory, Component.ETCD, "0123"));

        assertThat(ProcessTable.find(directory)).hasSize(2);
    }

    @Test
    void find_othersProcesses_areIgnored() {
        processes.sleep();
        marked(ProcessTable.marks(directory.resolveSibling("other"), Component.ETCD, "0123"));
        marked(ProcessTable.marks(Path.of(directory + "-2"), Component.ETCD, "0123"));

        assertThat(ProcessTable.find(directory)).isEmpty();
    }

    @Test
    void find_unknownComponent_isIgnored() {
        Map<String, String> marks = new HashMap<>(ProcessTable.marks(directory, Component.ETCD, "0123"));
        marks.put("HCP_COMPONENT", "kube-proxy");
        marked(marks);

        assertThat(ProcessTable.find(directory)).isEmpty();
    }

    @Test
    void find_endedProcess_isGone() {
        marked(ProcessTable.marks(directory, Component.ETCD, "0123")).kill();

        assertThat(ProcessTable.find(directory)).isEmpty();
    }

    private RunningProcess marked(Map<String, String> marks) {
        return Processes.running(processes.start(marks, "sleep", "1000"));
    }
}
