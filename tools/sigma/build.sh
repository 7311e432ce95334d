#!/usr/bin/env bash
# Makes kg/export/assets/vendor/sigma.js again: sigma.js and graphology (both MIT) as one script, from npm, versions and digests as in
# package-lock.json. Needs node and npm. The result's digest stands beside it; a test compares them.
set -euo pipefail
cd "$(dirname "$0")"
vendor=../../kg/export/assets/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp package.json package-lock.json entry.js "$work"
npm ci --prefix "$work" --no-audit --no-fund
version() { node -p "require('$work/node_modules/$1/package.json').version"; }
mkdir -p "$vendor"
"$work/node_modules/.bin/esbuild" "$work/entry.js" --bundle --minify --format=iife --global-name=webgl --target=es2020 --legal-comments=none \
  --banner:js="/* sigma.js $(version sigma), graphology $(version graphology): MIT licence */" --outfile="$vendor/sigma.js"
{ for name in sigma graphology graphology-utils events; do
  printf '%s %s\n\n' "$name" "$(version "$name")"
  cat "$work/node_modules/$name"/LICENSE*
  printf '\n'
done; } >../../kg/licenses/sigma-LICENSE.txt
(cd "$vendor" && sha256sum sigma.js >sigma.js.sha256)
