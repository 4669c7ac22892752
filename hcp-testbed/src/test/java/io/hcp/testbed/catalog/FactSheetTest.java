package io.hcp.testbed.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FactSheetTest {
    private static final String TEXT = """
            [etcd]
            --cert-file = ""
            --feature-gates = A=true

            [kube-apiserver]
            --secure-port = 6443

            """;

    @Test
    void toString_facts_areSortedAndReadBack() {
        FactSheet sheet = new FactSheet();
        sheet.add("kube-apiserver", "--secure-port", "6443");
        sheet.add("etcd", "--feature-gates", "A=true");
        sheet.add("etcd", "--cert-file", "");

        assertThat(sheet).hasToString(TEXT);
        assertThat(FactSheet.parse("# header\n\n" + TEXT)).hasToString(TEXT);
        assertThat(FactSheet.parse(TEXT).differences(sheet)).isEmpty();
    }

    @Test
    void differences_otherFacts_areLinesThatSayWhoHasWhat() {
        FactSheet own = new FactSheet();
        own.add("etcd", "--feature-gates", "A=false");
        own.add("etcd", "--name", "etcd-0");
        own.add("kine", "--port", "1");

        assertThat(FactSheet.parse(TEXT).differences(own))
                .containsExactly(
                        "etcd --cert-file: kubeadm \"\", hcp nothing",
                        "etcd --feature-gates: kubeadm A=true, hcp A=false",
                        "etcd --name: kubeadm nothing, hcp etcd-0",
                        "kine: only hcp",
                        "kube-apiserver: only kubeadm");
    }

    @Test
    void parse_lineThatIsNoFact_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FactSheet.parse("[etcd]\n--name=x\n"))
                .withMessage("\"--name=x\" is no fact");
    }
}
