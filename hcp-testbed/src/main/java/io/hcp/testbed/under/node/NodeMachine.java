package io.hcp.testbed.under.node;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.files.LogTail;
import io.hcp.core.internal.time.Time;
import io.hcp.testbed.CommandLine;
import io.hcp.testbed.under.host.Bridge;
import io.hcp.testbed.under.host.Names;
import io.hcp.testbed.under.host.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machine that a node runs on, as far as it has one: network, mounts, process ids, host name and cgroup of its own.
 * To switch it off is to kill its first process, with which the kernel ends all others.
 */
public final class NodeMachine {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final int index;
    private final String name;
    private final Path directory;
    private final NodeCgroup cgroup;
    private Optional<Process> running = Optional.empty();

    /**
     * Prepares a machine, without making anything.
     *
     * @param index from 1
     * @param name its host name
     */
    public NodeMachine(int index, String name) {
        this.index = index;
        this.name = name;
        this.directory = Names.DIRECTORY.resolve("nodes").resolve(name);
        this.cgroup = new NodeCgroup(Names.namespace(index));
    }

    /** {@return where its files are} */
    public Path directory() {
        return directory;
    }

    /** {@return its address} */
    public String address() {
        return Names.nodeAddress(index);
    }

    /**
     * Puts a program where it finds it.
     *
     * @param program its file
     */
    public void install(Path program) {
        Path link = directory.resolve("etc/under").resolve(program.getFileName());
        Shell.script("mkdir -p %s && ln -sf %s %s".formatted(link.resolveSibling(""), program, link));
    }

    /** Switches it on. */
    public synchronized void start() {
        Shell.script("mkdir -p %1$s/etc %1$s/etc.work %1$s/log/pods %1$s/lib".formatted(directory));
        Path init = Shell.unpack(NodeMachine.class, "init.sh", directory.resolve("init.sh"));
        cgroup.create();
        Bridge.plug(namespace(), cable(), address());
        Shell.script("ip -n %s -batch - <<'E'\nroute add default via %s\n%sE\n"
                .formatted(namespace(), Names.BRIDGE_ADDRESS, Bridge.podRoutes(index, "eth0")));
        String launch = cgroup.joinScript()
                + "exec nsenter --net=/run/netns/" + namespace()
                + " unshare --mount --uts --ipc --pid --fork --kill-child "
                + String.join(" ", "bash", init.toString(), name, directory.toString(), "/etc/under", address());
        ProcessBuilder builder = new ProcessBuilder("setsid", "bash", "-euc", launch)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log/init.log").toFile()));
        builder.environment().put(Names.MARK, Names.DIRECTORY.toString());
        try {
            running = Optional.of(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Switches it off, as a power cut does. Its disk stays. */
    public synchronized void kill() {
        if (running.isEmpty()) {
            return;
        }
        freeze(false); // what is frozen cannot die
        Process process = running.get();
        process.descendants().toList().stream().findFirst().ifPresent(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        Bridge.unplug(namespace(), cable());
        running = Optional.empty();
    }

    /** {@return whether it is switched on} */
    public synchronized boolean isRunning() {
        return running.map(Process::isAlive).orElse(false);
    }

    /**
     * Stops or continues all its processes.
     *
     * @param frozen which of both
     */
    public void freeze(boolean frozen) {
        cgroup.freeze(frozen);
    }

    /**
     * Pulls its cable out of the bridge or puts it back. The machine does not notice: packets are lost.
     *
     * @param plugged which of both
     */
    public void plug(boolean plugged) {
        if (plugged) {
            Shell.run("ip", "link", "set", cable(), "master", Names.BRIDGE);
        } else {
            Shell.run("ip", "link", "set", cable(), "nomaster");
        }
    }

    /**
     * Runs a program on it.
     *
     * @param limit after which it is killed
     * @param command the program and its arguments
     * @return what came of it
     */
    public CommandLine.Result exec(Duration limit, List<String> command) {
        List<String> words = new ArrayList<>(
                List.of("nsenter", "--target=" + firstProcess(), "--mount", "--uts", "--ipc", "--net", "--pid", "--"));
        words.addAll(command);
        return CommandLine.run(limit, Map.of(), words);
    }

    private synchronized long firstProcess() {
        Process process = running.orElseThrow(
                () -> new HcpException(ErrorKind.BLOCKED, "node " + name + " is switched off", "start it first"));
        boolean there =
                Time.system().until(LIMIT, () -> process.children().findFirst().isPresent());
        if (!there) {
            throw new HcpException(
                    ErrorKind.COMPONENT_FAILED,
                    "node " + name + " did not start:\n" + log("init"),
                    "read its log above");
        }
        return process.children().findFirst().orElseThrow().pid();
    }

    /**
     * Returns the end of a log.
     *
     * @param program {@code init}, {@code containerd}, {@code kubelet} or {@code kube-proxy}
     * @return at most 20 lines
     */
    public String log(String program) {
        return String.join("\n", LogTail.since(directory.resolve("log/" + program + ".log"), 0));
    }

    private String namespace() {
        return Names.namespace(index);
    }

    private String cable() {
        return Names.cable(index);
    }
}
