#!/bin/bash
# Removes all that an under cluster made on this machine, found by names and marks: see Names.java.
#   sweep.sh now DIRECTORY LOCK           at once
#   sweep.sh at-end DIRECTORY LOCK TOKEN  when standard input ends, if DIRECTORY is still the one with this token
set -u
mode=$1 directory=$2 lock=$3 token=${4:-}
prefix=hcpu

marked() {
  grep -lzE "^(HCP_UNDER=$directory$|HCP_TENANT_DIRECTORY=$directory/)" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3
  cat /sys/fs/cgroup/pids/$prefix-*/cgroup.procs /sys/fs/cgroup/pids/$prefix-*/*/cgroup.procs /sys/fs/cgroup/$prefix-*/cgroup.procs 2>/dev/null
}

end_processes() {
  local round pids state
  for round in {1..100}; do
    # What is frozen cannot die.
    for state in /sys/fs/cgroup/freezer/$prefix-*/freezer.state; do [ -f "$state" ] && echo THAWED >"$state"; done
    for state in /sys/fs/cgroup/$prefix-*/cgroup.freeze; do [ -f "$state" ] && echo 0 >"$state"; done
    pids=$(marked | grep -vx $$)
    [ -z "$pids" ] && return
    kill -KILL $pids 2>/dev/null
    sleep 0.1
  done
}

remove_networks() {
  local name
  for name in $(ip netns list | awk -v p="$prefix-" 'index($1, p) == 1 { print $1 }'); do ip netns del "$name"; done
  for name in $(ip -o link show | awk -F'[ :@]+' -v p="$prefix" 'index($2, p) == 1 { print $2 }'); do ip link del "$name" 2>/dev/null; done
}

remove_cgroups() {
  local round
  for round in {1..50}; do
    find /sys/fs/cgroup -mindepth 1 -depth -type d -path "*/$prefix-*" -exec rmdir {} + 2>/dev/null
    [ -z "$(find /sys/fs/cgroup -mindepth 1 -maxdepth 2 -type d -name "$prefix-*" -print -quit)" ] && return
    sleep 0.1
  done
}

sweep() {
  end_processes
  remove_networks
  remove_cgroups
  awk -v d="$directory" '$5 == d || index($5, d "/") == 1 { print $5 }' /proc/self/mountinfo | tac | xargs -r umount -l
  rm -rf --one-file-system "$directory"
}

if [ "$mode" = at-end ]; then
  trap '' INT TERM HUP
  cat >/dev/null
fi
exec 9>"$lock"
flock 9
if [ "$mode" = at-end ] && [ "$(cat "$directory/token" 2>/dev/null)" != "$token" ]; then exit 0; fi
sweep 9>&-
