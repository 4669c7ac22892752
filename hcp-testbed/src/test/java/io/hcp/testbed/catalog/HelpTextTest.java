package io.hcp.testbed.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hcp.core.internal.catalog.Flag;
import io.hcp.core.internal.catalog.Stage;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The snippets are copied from kube-apiserver 1.37.2, kube-scheduler 1.36.3 and etcd 3.6.16. */
class HelpTextTest {
    private static final String KUBERNETES = """
            The Kubernetes API server validates and configures data

            Usage:
              kube-apiserver [flags]

            Generic flags:

                  --advertise-address ip                               The IP address on which to advertise the apiserver.
                  --emulated-version strings                           The versions different components emulate.
                                                                       for example: '--emulated-version=wardle=1.2,kube=1.31'.
                  --feature-gates colonSeparatedMultimapStringString   Comma-separated list of component:key=value pairs Options are:
                                                                       kube:APIResponseCompression=true|false (BETA - default=true)
                                                                       kube:AggregatedDiscovery=true|false (DEPRECATED - default=true)
                                                                       kube:DRAFractionalCapacityRange=true|false (BETA - default=false), or DRAFractionalCapacityRange=true|false (BETA - default=true) if --min-compatibility-version>=1.37
                  --shutdown-send-retry-after                          If true the HTTP Server will continue listening

            Misc flags:

                  --admission-control strings    Admission is divided into two phases. (DEPRECATED: Use --enable-admission-plugins or --disable-admission-plugins instead. Will be removed in a future version.)
                  --endpoint-reconciler-type string   Use an endpoint reconciler (master-count, lease, none) master-count is deprecated, and will be removed in a future version. (default "lease")
                  --kube-api-qps float32              DEPRECATED: QPS to use while talking with kubernetes apiserver.
              -v, --v Level                      number for the log level verbosity
                  --vmodule pattern=N,...        comma-separated list of pattern=N settings
                  --version version[=true]       --version, --version=raw prints version information and quits
              -h, --help                         help for kube-apiserver
            """;

    private static final String ETCD = """
            Usage:

              etcd [flags]
                Start an etcd server.

              etcd -h | --help
                Show the help information about etcd.

              etcd --config-file
                Path to the server configuration file.

            Member:
              --name 'default'
                Human-readable name for this member.
              --max-snapshots '5'
                Maximum number of snapshot files to retain. Deprecated in v3.6 and will be decommissioned in v3.8.
              --memory-mlock
                Enable to enforce etcd pages (in particular bbolt) to stay in RAM.
              --feature-gates ''
                Options are:
                AllBeta=true|false (BETA - default=false)
              --discovery ''
                Discovery URL used to bootstrap the cluster for v2 discovery. Will be deprecated in v3.7.
            """;

    @Test
    void flags_helpOfKubernetes_haveNameTypeAndMark() {
        assertThat(HelpText.flags(KUBERNETES).values())
                .containsExactly(
                        new Flag("admission-control", "strings", true),
                        new Flag("advertise-address", "ip", false),
                        new Flag("emulated-version", "strings", false),
                        new Flag("endpoint-reconciler-type", "string", false),
                        new Flag("feature-gates", "colonSeparatedMultimapStringString", false),
                        new Flag("help", "bool", false),
                        new Flag("kube-api-qps", "float32", true),
                        new Flag("shutdown-send-retry-after", "bool", false),
                        new Flag("v", "Level", false),
                        new Flag("version", "version", false),
                        new Flag("vmodule", "pattern=N,...", false));
    }

    @Test
    void etcdFlags_helpOfEtcd_haveNameAndMark() {
        assertThat(HelpText.etcdFlags(ETCD).values())
                .containsExactly(
                        new Flag("config-file", "value", false),
                        new Flag("discovery", "value", false),
                        new Flag("feature-gates", "value", false),
                        new Flag("max-snapshots", "value", true),
                        new Flag("memory-mlock", "value", false),
                        new Flag("name", "value", false));
    }

    @Test
    void gates_helpOfEitherProject_haveStageAndDefault() {
        assertThat(HelpText.gates(KUBERNETES))
                .hasSize(3)
                .containsEntry("APIResponseCompression", new HelpText.GateLine(Stage.BETA, true))
                .containsEntry("AggregatedDiscovery", new HelpText.GateLine(Stage.DEPRECATED, true))
                .containsEntry("DRAFractionalCapacityRange", new HelpText.GateLine(Stage.BETA, false));
        assertThat(HelpText.gates(ETCD)).containsOnlyKeys("AllBeta");
    }

    @Test
    void metricGates_metricsOfKubernetes_readAnEmptyStageAsGa() {
        String metrics = """
                # TYPE kubernetes_feature_enabled gauge
                kubernetes_feature_enabled{name="APIServerTracing",stage=""} 1
                kubernetes_feature_enabled{name="AllAlpha",stage="ALPHA"} 0
                kubernetes_build_info{name="APIServerTracing",stage="BETA"} 1
                """;

        assertThat(GateProbe.metricGates(metrics))
                .hasSize(2)
                .containsEntry("APIServerTracing", new HelpText.GateLine(Stage.GA, true))
                .containsEntry("AllAlpha", new HelpText.GateLine(Stage.ALPHA, false));
    }

    @Test
    void requirements_refusalOfTheApiServer_namesAllGatesAndAllTheyMiss() {
        String output = """
                W1123 09:31:02.472 1 feature_gate.go:354] Setting deprecated feature gate KMSv1=false.
                E1123 09:31:02.472 1 run.go:72] "command failed" err="[GangScheduling is enabled, but depends on features that are disabled: [GenericWorkload], RestartAllContainersOnContainerExits is enabled, but depends on features that are disabled: [NodeDeclaredFeatures ContainerRestartRules]]"
                """;

        assertThat(GateProbe.requirements(output))
                .hasSize(2)
                .containsEntry("GangScheduling", new TreeSet<>(Set.of("GenericWorkload")))
                .containsEntry(
                        "RestartAllContainersOnContainerExits",
                        new TreeSet<>(Set.of("ContainerRestartRules", "NodeDeclaredFeatures")));
        assertThat(GateProbe.requirements("unrecognized feature gate: Foo")).isEmpty();
    }

    @Test
    void admissionPlugins_helpOfTheApiServer_tellsWhichAreOnByDefault() {
        String help = """
                  --enable-admission-plugins strings             admission plugins that should be enabled in addition to default enabled ones (NamespaceLifecycle, PodSecurity). Comma-delimited list of admission plugins: AlwaysAdmit, NamespaceLifecycle, PodSecurity. The order of plugins in this flag does not matter.
                """;

        assertThat(HelpText.admissionPlugins(help))
                .hasSize(3)
                .containsEntry("AlwaysAdmit", false)
                .containsEntry("NamespaceLifecycle", true)
                .containsEntry("PodSecurity", true);
    }

    @Test
    void admissionPlugins_otherHelp_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HelpText.admissionPlugins(ETCD))
                .withMessage("the help text has no admission plugins");
    }
}
