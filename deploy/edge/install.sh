#!/bin/sh
# Installs the edge from the folder that this file is in, without a network. It may be repeated: what is there stays,
# above all the configuration, the data and the key.
#
#   install.sh                       on this machine, as root
#   install.sh --destdir FOLDER      into a folder, such as a mounted card; no user is made, no service touched
set -eu
here=$(cd "$(dirname "$0")" && pwd)
destdir=
case ${1:-} in
  '') [ "$(id -u)" = 0 ] || { echo "install.sh needs root." >&2; exit 5; } ;;
  --destdir) destdir=${2:?the folder is missing} ;;
  *) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac

[ -x "$here/edge/edge" ] && [ -f "$here/edge/VERSION" ] || {
  echo "$here/edge is not a published edge; publish.sh makes it." >&2
  exit 3
}
root=$destdir/opt/buildinghub-edge
etc=$destdir/etc/buildinghub
units=$destdir/etc/systemd/system
version=$(cat "$here/edge/VERSION")

if [ -z "$destdir" ]; then
  id buildinghub >/dev/null 2>&1 ||
    useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin buildinghub
  for group in gpio dialout i2c; do
    ! getent group "$group" >/dev/null || usermod -aG "$group" buildinghub
  done
fi

# The version: whole or not at all, then the link to it.
mkdir -p "$root/versions"
before=$(readlink "$root/current" 2>/dev/null || :)
before=${before#versions/}
if [ ! -d "$root/versions/$version" ]; then
  rm -rf "$root/versions/.$version.part"
  cp -R "$here/edge" "$root/versions/.$version.part"
  chmod -R u+rwX,go+rX "$root/versions/.$version.part"
  sync
  mv "$root/versions/.$version.part" "$root/versions/$version"
fi
if [ "$before" != "$version" ]; then
  [ -z "$before" ] || echo "$version $before 0" > "$root/pending"
  ln -sfn "versions/$version" "$root/current.next"
  mv -Tf "$root/current.next" "$root/current"
fi

# What is of no version.
mkdir -p "$destdir/usr/lib/buildinghub-edge" "$destdir/usr/sbin" "$units" "$etc" \
  "$destdir/etc/systemd/journald.conf.d" "$destdir/etc/systemd/system.conf.d" \
  "$destdir/etc/chromium/policies/managed"
put() { # mode, file, place
  cp "$2" "$3.next"
  chmod "$1" "$3.next"
  mv -f "$3.next" "$3"
}
for file in "$here"/lib/*; do
  case ${file##*/} in
    buildinghub-*) put 0755 "$file" "$destdir/usr/sbin/${file##*/}" ;;
    *) put 0755 "$file" "$destdir/usr/lib/buildinghub-edge/${file##*/}" ;;
  esac
done
for file in "$here"/units/*.service "$here"/units/*.timer; do
  put 0644 "$file" "$units/${file##*/}"
done
put 0644 "$here/units/chromium-buildinghub.json" "$destdir/etc/chromium/policies/managed/buildinghub.json"
put 0644 "$here/units/journald-buildinghub.conf" "$destdir/etc/systemd/journald.conf.d/buildinghub.conf"
put 0644 "$here/units/system-buildinghub.conf" "$destdir/etc/systemd/system.conf.d/buildinghub.conf"

# What is this site's own is never overwritten.
[ -f "$etc/edge.yaml" ] || put 0640 "$here/edge.yaml" "$etc/edge.yaml"
if [ -f "$here/update.pub" ]; then
  if [ ! -f "$etc/update.pub" ]; then
    put 0644 "$here/update.pub" "$etc/update.pub"
  elif ! cmp -s "$here/update.pub" "$etc/update.pub"; then
    echo "$etc/update.pub is another key than this folder's, and stays." >&2
  fi
fi
sync

echo "Version $version is installed in $root."
if [ -z "$destdir" ]; then
  chgrp buildinghub "$etc/edge.yaml"
  systemctl daemon-reload
  systemctl enable -q buildinghub-edge
  if [ "$before" != "$version" ] && systemctl is-active -q buildinghub-edge; then
    systemctl restart buildinghub-edge
  fi
  echo "Next: edit $etc/edge.yaml, enrol the edge (README.md), systemctl start buildinghub-edge"
fi
