#!/bin/sh
# Makes the folder that a Raspberry Pi is installed from, and, with a key, the signed update for those that run already.
#
#   publish.sh VERSION OUT [--runtime linux-arm64|linux-arm|linux-x64] [--key update.key]
#
# linux-x64 brings the .NET runtime along; for ARM it is installed on the machine (README.md), since its packages can't
# be restored everywhere.
set -eu
[ $# -ge 2 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
version=$1 out=$2 runtime=linux-arm64 key=
shift 2
while [ $# -gt 0 ]; do
  case $1 in
    --runtime) runtime=$2 ;;
    --key) key=$(cd "$(dirname "$2")" && pwd)/$(basename "$2") ;;
    *) echo "$1 is not known." >&2; exit 2 ;;
  esac
  shift 2
done

rm -rf "$out"
mkdir -p "$out/edge"
case $runtime in
  linux-x64) how="--self-contained -p:PublishTrimmed=true -p:PublishSingleFile=true" ;;
  *) how="--self-contained false -p:UseAppHost=false" ;;
esac
# shellcheck disable=SC2086
dotnet publish "$here/../../Hub.Edge" -c Release -r "$runtime" $how -p:Version="$version" \
  -p:MadeOn="$(date -u +%Y-%m-%d)" -p:DebugType=none -p:PublishDocumentationFile=false \
  -p:PublishReferencesDocumentationFiles=false -o "$out/edge" -v q -nologo
if [ -x "$out/edge/Hub.Edge" ]; then
  ln -sf Hub.Edge "$out/edge/edge"
else
  install -m 0755 "$here/edge.sh" "$out/edge/edge"
fi
echo "$version" > "$out/edge/VERSION"
cp -R "$here/install.sh" "$here/edge.yaml" "$here/units" "$here/lib" "$here/README.md" "$out/"

if [ -n "$key" ]; then
  dotnet run -c Release --project "$here/../../Hub.Edge" -- \
    sign "$out/edge" --version "$version" --key "$key" --out "$out/buildinghub-edge-$version.update"
  cp "$(dirname "$key")/update.pub" "$out/update.pub"
fi
echo "$out is ready."
