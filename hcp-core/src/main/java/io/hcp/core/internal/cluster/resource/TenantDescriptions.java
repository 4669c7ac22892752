package io.hcp.core.internal.cluster.resource;

import io.hcp.core.internal.spec.form.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each field of a {@code TenantControlPlane} is, in a line, for {@code kubectl explain}. */
final class TenantDescriptions {
    private static final Map<String, String> ALL = new LinkedHashMap<>();

    static {
        put("", "A tenant's whole Kubernetes control plane, run as pods of this cluster.");
        put("spec", "What the tenant shall be.");
        put("spec.tenantId", "Names the tenant in its datastore; chosen at creation if unset, and never changed.");
        controlPlane("spec.controlPlane");
        kubernetes("spec.kubernetes");
        authentication("spec.kubernetes.authentication");
        audit("spec.kubernetes.auditPolicy");
        network("spec.networkProfile");
        dataStore("spec.dataStore");
        pki("spec.pki");
        put("spec.lifecycle", "What becomes of the tenant in the course of time.");
        put("spec.lifecycle.deletionPolicy", "What becomes of the data when the tenant is deleted; default Delete.");
    }

    private TenantDescriptions() {}

    private static void put(String path, String text) {
        ALL.put(path, text);
    }

    private static void controlPlane(String group) {
        String flags = "More flags of the program, without the leading dashes; those that hcp sets are refused.";
        put(group, "How the programs of the control plane run.");
        put(group + ".replicas", "How many copies of the control plane run; chosen at creation if unset.");
        put(group + ".apiServer", "kube-apiserver.");
        put(group + ".apiServer.extraArgs", flags);
        put(group + ".controllerManager", "kube-controller-manager.");
        put(group + ".controllerManager.extraArgs", flags);
        put(group + ".scheduler", "kube-scheduler.");
        put(group + ".scheduler.extraArgs", flags);
        for (String program : new String[] {".apiServer", ".controllerManager", ".scheduler"}) {
            resources(group + program + ".resources");
        }
        pods(group + ".pods");
        put(group + ".registrySettings", "Where the images of the programs come from.");
        put(
                group + ".registrySettings.registry",
                "The registry, with a path if the images have one there; default registry.k8s.io.");
        put(group + ".registrySettings.imagePullPolicy", "When nodes fetch images; default IfNotPresent.");
        put(group + ".registrySettings.imagePullSecrets", "The Secrets with which images are fetched.");
        put(group + ".startupTimeout", "How long a program may take to start before it is started again; default 5m.");
    }

    private static void resources(String group) {
        put(group, "What the program is given of a node.");
        for (String[] part : new String[][] {
            {".requests", "What is kept for it; chosen at creation if unset."},
            {".limits", "What it cannot exceed; default nothing."}
        }) {
            put(group + part[0], part[1]);
            put(group + part[0] + ".cpu", "Processors, for example 250m.");
            put(group + part[0] + ".memory", "Memory, for example 512Mi.");
        }
    }

    private static void pods(String group) {
        String toleration = group + ".tolerations[]";
        put(group, "Where the pods run, and what is written on them; they are spread over nodes without being told.");
        put(group + ".nodeSelector", "The labels that a node must have.");
        put(group + ".tolerations", "The taints of nodes that do not matter.");
        put(toleration, "A taint that does not matter.");
        put(toleration + ".key", "The key of the taint; unset: every key, only with operator Exists.");
        put(toleration + ".operator", "How it is compared; default Equal.");
        put(toleration + ".value", "The value of the taint; not with operator Exists.");
        put(toleration + ".effect", "Which effect; default each.");
        put(toleration + ".tolerationSeconds", "For how long; default for ever; only with effect NoExecute.");
        put(group + ".priorityClassName", "A PriorityClass of this cluster.");
        put(group + ".runtimeClassName", "A RuntimeClass of this cluster.");
        put(group + ".labels", "More labels of the pods.");
        put(group + ".annotations", "More annotations of the pods.");
    }

    private static void kubernetes(String group) {
        put(group, "The Kubernetes that the tenant gets.");
        put(
                group + ".version",
                "The release, for example 1.36.3; it can be raised by one minor at a time, never lowered.");
        put(group + ".featureGates", "Feature gates of all components, by name.");
        put(group + ".admissionPlugins", "The API server's admission plugins, beside its defaults.");
        put(group + ".admissionPlugins.enabled", "Plugins to switch on, for example AlwaysPullImages.");
        put(group + ".admissionPlugins.disabled", "Default plugins to switch off.");
        put(group + ".encryptionAtRest", "What is encrypted before it is stored; default nothing.");
        put(group + ".encryptionAtRest.provider", "How it is encrypted; default secretbox.");
        put(
                group + ".encryptionAtRest.resources",
                "What is encrypted, for example configmaps or widgets.example.com; default secrets.");
    }

    private static void authentication(String group) {
        String issuer = group + ".jwt[]";
        put(group, "Who else can tell who a user is.");
        put(group + ".jwt", "Issuers whose tokens are accepted beside the tenant's own.");
        put(issuer, "An issuer of tokens.");
        put(issuer + ".issuer", "Who issues the tokens.");
        put(issuer + ".issuer.url", "The issuer, as claim iss has it: an https URL without query and fragment.");
        put(issuer + ".issuer.discoveryURL", "Where the discovery document is, if not at the issuer's URL.");
        put(issuer + ".issuer.audiences", "Who a token may be for, as claim aud has it.");
        put(issuer + ".issuer.certificateAuthority", "The certificates that the issuer's own may end in, as PEM.");
        put(issuer + ".claimMappings", "What tokens say of a user.");
        mapping(issuer + ".claimMappings.username", "What a user is called; default claim sub, with the URL and #.");
        mapping(issuer + ".claimMappings.groups", "What groups a user is in; default none.");
        put(issuer + ".claimValidationRules", "What every token has to meet.");
        put(issuer + ".claimValidationRules[]", "A rule: a claim with its value, or an expression.");
        put(issuer + ".claimValidationRules[].claim", "The claim to compare.");
        put(issuer + ".claimValidationRules[].requiredValue", "The value that the claim must have.");
        put(issuer + ".userValidationRules", "What every user has to meet.");
        put(issuer + ".userValidationRules[]", "A rule: an expression.");
        for (String rules : new String[] {".claimValidationRules[]", ".userValidationRules[]"}) {
            put(issuer + rules + ".expression", "An expression in CEL that must be true.");
            put(issuer + rules + ".message", "What the API server logs if the expression is false.");
        }
    }

    private static void mapping(String group, String text) {
        put(group, text);
        put(group + ".claim", "The claim, for example email.");
        put(group + ".prefix", "What is put before the claim's value; required with claim, and may be empty.");
        put(group + ".expression", "An expression in CEL, for example 'oidc:' + claims.email.");
    }

    private static void audit(String group) {
        String rule = group + ".rules[]";
        put(group, "What the audit log tells; without it there is none.");
        put(group + ".omitStages", "Stages that are not logged.");
        put(group + ".omitManagedFields", "Whether the managed fields of objects are left out.");
        put(group + ".rules", "The rules, in the order in which they are tried.");
        put(rule, "A rule; what it leaves open is all.");
        put(rule + ".level", "How much is logged.");
        put(rule + ".users", "The users.");
        put(rule + ".userGroups", "The groups, one of which the user is in.");
        put(rule + ".verbs", "The verbs, for example create.");
        put(rule + ".resources", "The resources; not together with nonResourceURLs.");
        put(rule + ".resources[]", "Resources of one API group.");
        put(rule + ".resources[].group", "The API group; default the core group.");
        put(rule + ".resources[].resources", "For example pods, pods/log or pods/*; default all of the group.");
        put(rule + ".resources[].resourceNames", "The names of the objects.");
        put(rule + ".namespaces", "The namespaces; the empty name is for objects outside of them.");
        put(rule + ".nonResourceURLs", "Paths, for example /healthz*.");
        put(rule + ".omitStages", "Stages that are not logged, beside those of the policy.");
        put(rule + ".omitManagedFields", "Whether managed fields are left out; default as the policy says.");
    }

    private static void network(String group) {
        put(group, "Where the control plane is reached, and what addresses its cluster uses.");
        put(group + ".exposure", "The type of the Service that the API server is reached by.");
        put(group + ".loadBalancerClass", "The class of the load balancer; only with exposure LoadBalancer.");
        put(
                group + ".loadBalancerSourceRanges",
                "From where the load balancer accepts connections; default everywhere; only with exposure LoadBalancer.");
        put(group + ".address", "The address at which the API server is reached; chosen at creation if unset.");
        put(group + ".port", "The port of the API server; chosen at creation if unset.");
        put(group + ".certSANs", "More DNS names and addresses of the API server, for its certificate.");
        put(
                group + ".serviceCidrs",
                "Where the addresses of Services come from: a range, or one of each family; cannot be changed.");
        put(
                group + ".podCidrs",
                "Where the addresses of pods come from, of the families of serviceCidrs; cannot be changed.");
        put(group + ".clusterDomain", "The DNS domain of the cluster, which cannot be changed; default cluster.local.");
        put(group + ".serviceLabels", "More labels of the Service that the API server is reached by.");
        put(
                group + ".serviceAnnotations",
                "More annotations of that Service, for example for a load balancer; if one asks for an address, loadBalancerIP is not set.");
        put(group + ".dnsServiceIPs", "The addresses of the cluster's DNS; default the tenth of each Service range.");
    }

    private static void dataStore(String group) {
        put(group, "Where the tenant's objects are stored.");
        put(group + ".etcd", "The tenant's own etcd.");
        put(group + ".etcd.quotaBackendBytes", "How large the database may grow: 64Mi to 16Gi; default 2Gi.");
        put(group + ".etcd.heartbeatInterval", "How often the leader tells that it lives: 10ms to 10s; default 100ms.");
        put(group + ".etcd.electionTimeout", "How long members wait for the leader: 5 heartbeats to 50s; default 1s.");
        put(group + ".etcd.snapshotCount", "How many changes are kept in memory before a snapshot; default 10000.");
        put(
                group + ".etcd.extraArgs",
                "More flags of etcd, without the leading dashes; those that hcp sets are refused.");
        put(group + ".etcd.members", "How many members it has: 1 or 3; cannot be changed; default 1.");
        resources(group + ".etcd.resources");
        put(group + ".etcd.storage", "The volume of each member, which cannot be changed.");
        put(
                group + ".etcd.storage.size",
                "How large it is: at least twice the quota of the database; default thrice that and 2Gi.");
        put(group + ".etcd.storage.storageClassName", "A StorageClass of this cluster.");
        pods(group + ".etcd.pods");
    }

    private static void pki(String group) {
        put(group, "The certificates and keys of the tenant.");
        put(group + ".keyAlgorithm", "Of what kind new keys are; default ECDSA-P256.");
        put(group + ".leafValidity", "How long new certificates are valid: 1h to 8760h (365 days), the default.");
        put(
                group + ".authorityValidity",
                "How long a new authority is valid: 720h to 262992h (30 years); default 87600h; cannot be changed.");
        put(group + ".authorities", "Authorities that the user brings, as Secrets of type kubernetes.io/tls.");
        authority(group + ".authorities.cluster", "The authority of the cluster, its API server and its clients.");
        authority(group + ".authorities.frontProxy", "The authority of clients of extension API servers.");
        authority(group + ".authorities.etcd", "The authority of etcd.");
    }

    private static void authority(String group, String text) {
        put(group, text);
        put(group + ".secretName", "The Secret, in the namespace of the tenant; cannot be changed.");
    }

    /** {@return a copy in which all fields are described} */
    static Schema describe(Schema tenant) {
        Schema described = tenant;
        for (Map.Entry<String, String> entry : ALL.entrySet()) {
            described = described.at(entry.getKey(), field -> field.describedAs(entry.getValue()));
        }
        return described;
    }
}
