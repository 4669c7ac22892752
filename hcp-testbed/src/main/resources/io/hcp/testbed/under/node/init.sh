#!/bin/bash
# The first process of a node, in namespaces of its own: private mounts, then containerd, kube-proxy and kubelet, each
# started again when it ends. When this process ends, the kernel ends all others of the node and drops its mounts.
set -eu
node=$1 directory=$2 programs=$3 address=$4

mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/lock /run/netns
mount -t overlay -o "lowerdir=/etc,upperdir=$directory/etc,workdir=$directory/etc.work" overlay /etc
mount --bind "$directory/log" /var/log
mount -t proc proc /proc
mount --bind "$directory/lib" /var/lib
# Volumes that the kubelet mounts must appear in containers that share them.
mount --make-rshared /

hostname "$node"
cd /
echo 1 >/proc/sys/net/ipv4/ip_forward
# Without it a pod cannot reach a pod of the same node through a Service.
[ ! -e /proc/sys/net/bridge/bridge-nf-call-iptables ] || echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables

keep() {
  local name=$1
  shift
  while :; do
    "$@" >>"/var/log/$name.log" 2>&1 || true
    sleep 1
  done
}

keep containerd containerd --config /etc/containerd/config.toml &
keep kube-proxy "$programs/kube-proxy" --kubeconfig=/etc/kubernetes/kube-proxy.conf --hostname-override="$node" \
  --proxy-mode=iptables --cluster-cidr=10.204.0.0/16 --healthz-bind-address="$address:10256" \
  --metrics-bind-address=127.0.0.1:10249 --conntrack-max-per-core=0 --conntrack-tcp-timeout-established=0 \
  --conntrack-tcp-timeout-close-wait=0 &
until [ -S /run/containerd/containerd.sock ]; do sleep 0.05; done
keep kubelet "$programs/kubelet" --config=/etc/kubernetes/kubelet.yaml --kubeconfig=/etc/kubernetes/kubelet.conf \
  --hostname-override="$node" --node-ip="$address" &
wait
