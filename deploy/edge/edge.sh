#!/bin/sh
# Starts the edge on the machine's own .NET runtime.
here=$(dirname "$(readlink -f "$0")")
for dotnet in "${DOTNET_ROOT:-/opt/dotnet}/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/bin/dotnet; do
  [ ! -x "$dotnet" ] || exec "$dotnet" "$here/Hub.Edge.dll" "$@"
done
echo "The .NET runtime is missing: README.md says how it is installed." >&2
exit 1
