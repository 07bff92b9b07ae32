#!/bin/sh
# Puts a base for the image together from this Linux machine, where no registry can be reached: the C library, CA certificates, users.
#   docker/base.sh FOLDER
#   tar -C FOLDER -c . | docker import - alohub-sync-base     and then: docker build --build-arg BASE=alohub-sync-base ...
set -eu
: "${1:?docker/base.sh FOLDER}"
mkdir -p "$1/tmp" "$1/proc" "$1/dev" "$1/etc/ssl/certs"
chmod 1777 "$1/tmp"
# The loader, what java links to, and what the C library loads by itself to look up names.
for library in /lib64/ld-linux-x86-64.so.2 /lib/ld-linux-aarch64.so.1 \
  /lib/*-linux-gnu/libc.so.6 /lib/*-linux-gnu/libm.so.6 /lib/*-linux-gnu/libdl.so.2 /lib/*-linux-gnu/librt.so.1 \
  /lib/*-linux-gnu/libpthread.so.0 /lib/*-linux-gnu/libresolv.so.2 /lib/*-linux-gnu/libnss_dns.so.2 /lib/*-linux-gnu/libnss_files.so.2; do
  [ -e "$library" ] || continue
  mkdir -p "$1$(dirname "$library")"
  cp -L "$library" "$1$library"
done
if [ -f /etc/ssl/certs/ca-certificates.crt ]; then cp -L /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"; fi
printf 'root:x:0:0:root:/:/sbin/nologin\nnonroot:x:1001:1001:nonroot:/:/sbin/nologin\n' > "$1/etc/passwd"
printf 'root:x:0:\nnonroot:x:1001:\n' > "$1/etc/group"
: > "$1/etc/hosts"
: > "$1/etc/resolv.conf"
printf 'hosts: files dns\n' > "$1/etc/nsswitch.conf"
