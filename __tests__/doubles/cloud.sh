#!/bin/bash
# Runs a command in a network in which a cloud answers, as clouds do, at link-local addresses: for `unshare --net`, which keeps it from the machine.
set -eu
# What it runs may be given a PATH without what this needs.
given=$PATH PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ip link set lo up
# Where tunnels are root's alone, everybody may make one here: it stays in this mount namespace.
{ mount -t tmpfs none /mnt && mknod -m 666 /mnt/tun c 10 200 && mount --bind /mnt/tun /dev/net/tun; } 2>/dev/null || true
unshare --net sleep 300 >/dev/null 2>&1 &
cloud=$!
server=
trap 'kill $cloud $server 2>/dev/null' EXIT
until [ "$(readlink /proc/$cloud/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
there() { nsenter --net=/proc/$cloud/ns/net "$@"; }
there ip link set lo up
ip link add here type veth peer name there netns $cloud
ip addr add 10.9.9.2/24 dev here
ip link set here up
there ip addr add 10.9.9.1/24 dev there
there ip addr add 169.254.169.254/32 dev there
there ip -6 addr add fe80::a9fe:a9fe/64 dev there nodad
there ip -6 addr add fd00:ec2::254/128 dev there nodad
there ip link set there up
ip route add default via 10.9.9.1
ip -6 addr add fd00:9::2/64 dev here nodad
there ip -6 addr add fd00:9::1/64 dev there nodad
ip -6 route add default via fd00:9::1
# Not by the function: its process would be a shell, and the server would outlive it.
nsenter --net=/proc/$cloud/ns/net python3 -c "
import socket
server = socket.socket(socket.AF_INET6)
server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
server.bind(('::', 80))
server.listen()
while True:
    other, _ = server.accept()
    other.send(b'canary-cloud')
    other.close()
" >/dev/null 2>&1 &
server=$!
until there python3 -c "import socket; socket.create_connection(('10.9.9.1', 80), 1)" 2>/dev/null; do sleep 0.05; done
PATH=$given "$@"
