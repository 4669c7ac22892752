package io.hcp.testbed.under;

import io.hcp.testbed.CommandLine;
import io.hcp.testbed.under.host.Bridge;
import io.hcp.testbed.under.host.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network namespace beside the cluster, on the same bridge: it reaches nodes and load balancers by their addresses, and
 * knows no way to pods and Services.
 */
public final class Outside implements AutoCloseable {
    private final int index;

    Outside(int index) {
        this.index = index;
        Bridge.plug(namespace(), cable(), address());
    }

    /** {@return its address} */
    public String address() {
        return Names.outsideAddress(index);
    }

    /**
     * Puts words before a command so that it runs in here, for programs that the caller starts himself.
     *
     * @param command the program and its arguments
     * @return the whole command
     */
    public List<String> command(String... command) {
        List<String> words = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace(), "--"));
        words.addAll(List.of(command));
        return words;
    }

    /**
     * Runs a program in here.
     *
     * @param limit after which it is killed
     * @param command the program and its arguments; {@code busybox wget} is at hand
     * @return what came of it
     */
    public CommandLine.Result exec(Duration limit, String... command) {
        // Marked, so that it ends with the cluster even if this process is killed.
        return CommandLine.run(limit, Map.of(Names.MARK, Names.DIRECTORY.toString()), command(command));
    }

    /** Removes it. */
    @Override
    public void close() {
        Bridge.unplug(namespace(), cable());
    }

    private String namespace() {
        return Names.outside(index);
    }

    private String cable() {
        return Names.PREFIX + "-ov" + index;
    }
}
