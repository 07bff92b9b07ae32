#!/bin/sh
# Runs the daemon in a folder that docker/base.sh and docker/rootfs.sh have filled, as a container would: the folder is its root and
# read-only, /tmp is its own, and as root it becomes user 1001. Linux only. Takes its settings from the environment.
#   docker/run-rootfs.sh FOLDER [ARGUMENT...]     for example: migrate
set -eu
: "${1:?docker/run-rootfs.sh FOLDER}"
root=$(cd "$1" && pwd)
shift
export LANG=C.UTF-8 MALLOC_ARENA_MAX=2 # as the image has them
entry=$(sed -n 's/^ENTRYPOINT \[\(.*\)\]$/\1/p' "$(dirname "$0")/Dockerfile" | tail -1 | tr -d '",')
if [ "$(id -u)" = 0 ]; then user="" who="--userspec=1001:1001"; else user="--map-root-user" who=""; fi
# shellcheck disable=SC2016,SC2086
exec unshare $user --mount --propagation private sh -c '
  set -eu
  root=$1 who=$2 && shift 2
  mount --bind "$root" "$root"
  mount --rbind /dev "$root/dev" # without its random numbers a start takes ten seconds
  mount --bind /proc "$root/proc"
  mount -t tmpfs -o size=64m tmpfs "$root/tmp"
  for file in hosts resolv.conf; do [ ! -e "/etc/$file" ] || { [ -e "$root/etc/$file" ] && mount --bind "/etc/$file" "$root/etc/$file"; } || :; done
  mount -o remount,bind,ro "$root"
  exec chroot $who "$root" "$@"' sh "$root" "$who" $entry "$@"
