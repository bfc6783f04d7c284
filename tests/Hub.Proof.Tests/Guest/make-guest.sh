#!/usr/bin/env bash
# Makes the machine that RealPinsTests and InstalledEdgeTests boot: Debian's own kernel with the module gpio-sim, as much
# of systemd as a unit needs, and the published edge.
#
#   make-guest.sh FOLDER     then run the tests with BUILDINGHUB_GUEST=FOLDER
#
# Needs, of Debian 12: qemu-system-x86 busybox-static cpio xz-utils gcc make linux-headers-amd64 linux-source-6.1
# e2fsprogs systemd, and apt-get, which fetches the kernel's image that fits the headers. Nothing of it is installed here.
set -euo pipefail
guest=$(mkdir -p "$1" && cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

headers=$(ls -d /usr/src/linux-headers-*-amd64 | sort -V | tail -1)
kernel=${headers#/usr/src/linux-headers-}

# Debian's kernels have no gpio-sim. It is built from their own source against their own headers; irq_sim, which it
# needs, is in the kernel only where gpio-sim is, so it comes into the module, without the one call that isn't exported.
mkdir "$work/module"
tar -C "$work" -xJf /usr/src/linux-source-6.1.tar.xz \
  linux-source-6.1/drivers/gpio/gpio-sim.c linux-source-6.1/drivers/gpio/gpiolib.h linux-source-6.1/kernel/irq/irq_sim.c
cp "$work"/linux-source-6.1/drivers/gpio/gpiolib.h "$work/module/"
cp "$work"/linux-source-6.1/drivers/gpio/gpio-sim.c "$work/module/chip.c"
sed 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq(irqnum)/' \
  "$work"/linux-source-6.1/kernel/irq/irq_sim.c > "$work/module/irq_sim.c"
printf 'obj-m += gpio-sim.o\ngpio-sim-y := chip.o irq_sim.o\n' > "$work/module/Makefile"
make -s -C "$headers" M="$work/module" modules

(cd "$work" && apt-get download -qq "linux-image-$kernel" && dpkg -x linux-image-*.deb image)
cp "$work/image/boot/vmlinuz-$kernel" "$guest/vmlinuz"

dotnet publish "$root/Hub.Edge" -c Release -r linux-x64 --self-contained -p:PublishTrimmed=true \
  -p:PublishSingleFile=true -o "$work/edge" -v q -nologo

tree=$work/tree
mkdir -p "$tree"/{bin,dev,proc,sys,tmp,config,data,modules,edge}
cp "$(command -v busybox)" "$tree/bin/busybox"
cp "$here/init" "$tree/init"
chmod +x "$tree/init"
cp "$work"/edge/Hub.Edge "$work"/edge/*.so "$tree/edge/"
strip -g -o "$tree/modules/gpio-sim.ko" "$work/module/gpio-sim.ko"
for module in configfs failover net_failover virtio virtio_ring virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci \
  virtio_net virtio_blk virtio_console crc16 crc32c_generic libcrc32c mbcache jbd2 ext4; do
  found=$(find "$work/image/lib/modules" -name "$module.ko" | head -1)
  [ -z "$found" ] || strip -g -o "$tree/modules/$module.ko" "$found"
done
# systemd, what install.sh calls, and the targets that a service stands between; a board's udev and journal are not here.
programs=(/lib/systemd/systemd /bin/systemctl /usr/sbin/useradd /usr/sbin/usermod /usr/bin/getent /usr/sbin/nologin)
install -D -t "$tree/lib/systemd/system" -m 0644 \
  /lib/systemd/system/{sysinit,basic,sockets,timers,paths,slices,shutdown,umount,network,multi-user}.target
mkdir -p "$tree"/{opt,root,run,etc/systemd/system,var/lib,var/tmp}
ln -s /lib/systemd/system/multi-user.target "$tree/etc/systemd/system/default.target"
tr -d - < /proc/sys/kernel/random/uuid > "$tree/etc/machine-id"
echo 'root:x:0:0::/root:/bin/sh' > "$tree/etc/passwd"
printf '%s\n' root:x:0: gpio:x:997: dialout:x:20: > "$tree/etc/group"
touch "$tree"/etc/{shadow,gshadow,login.defs}
# What they are linked to, and what .NET loads by itself.
for file in "${programs[@]}" /usr/lib/x86_64-linux-gnu/lib{ssl,crypto}.so.3 $(
  ldd "$tree/edge/Hub.Edge" "$tree"/edge/*.so "${programs[@]}" | grep -o '/[^ :]*\.so[^ :]*' | grep -v "^$tree" | sort -u
); do
  [ -e "$tree$file" ] || install -D "$(readlink -f "$file")" "$tree$file"
done
(cd "$tree" && find . | cpio -o -H newc --quiet | gzip -1) > "$guest/initramfs.gz"
ls -l "$guest"
