package io.hcp.testbed.fake;

import io.hcp.api.model.IpAddress;
import io.hcp.core.internal.gateway.PortSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ports of an imagined machine. There are more than on a real one, so that thousands of tenants find some. */
final class FakePorts implements PortSpace {
    private static final int FIRST = 20_000;
    private static final int LAST = 65_535;

    private final FakeMachine machine;

    FakePorts(FakeMachine machine) {
        this.machine = machine;
    }

    @Override
    public boolean isLocal(IpAddress address) {
        return machine.door()
                .pass(
                        "ports.isLocal",
                        "",
                        Door.Sort.READ,
                        () -> machine.world().addresses().contains(address));
    }

    @Override
    public <T> T choosing(Work<T> work) {
        return machine.door().pass("ports.choosing", "", Door.Sort.ONCE, () -> {
            Choosing choosing = machine.world().choosing();
            Choosing.Turn turn = choosing.begin(machine);
            try {
                return work.with(new Turns(choosing, turn));
            } finally {
                choosing.end(turn);
            }
        });
    }

    /** The ports, for as long as it is this one's turn. */
    private final class Turns implements Choice {
        private final Choosing choosing;
        private final Choosing.Turn turn;

        Turns(Choosing choosing, Choosing.Turn turn) {
            this.choosing = choosing;
            this.turn = turn;
        }

        @Override
        public Optional<String> keeper(int port) {
            return machine.door().pass("ports.keeper", "", Door.Sort.READ, () -> {
                choosing.requireTurn(turn);
                return machine.world().ports().keeper(port);
            });
        }

        @Override
        public List<Integer> choose(int count, Set<Integer> without) {
            return machine.door().pass("ports.choose", "", Door.Sort.READ, () -> {
                choosing.requireTurn(turn);
                List<Integer> chosen = new ArrayList<>();
                while (chosen.size() < count) {
                    int port = machine.world().nextInt(FIRST, LAST + 1);
                    if (!without.contains(port) && !chosen.contains(port) && isFree(port)) {
                        chosen.add(port);
                    }
                }
                return List.copyOf(chosen);
            });
        }

        private boolean isFree(int port) {
            PortTable ports = machine.world().ports();
            return ports.keeper(port).isEmpty() && ports.listener(port).isEmpty();
        }
    }
}
