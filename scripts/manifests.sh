#!/bin/sh
# Renders the manifests with kubectl into target/manifests, one file for each folder that can be applied; no cluster is needed. mvn verify checks
# them without kubectl. With --write it first copies the alert rules of ops/ into the PrometheusRule.
set -eu
cd "$(dirname "$0")/.."
if [ "${1:-}" = --write ]; then
  rule=k8s/components/monitoring/prometheusrule.yaml
  { sed '/^spec:$/q' "$rule"; grep -v '^#' ops/prometheus/stentor-alerts.yml | sed 's/^\(.\)/  \1/'; } >"$rule.new"
  mv "$rule.new" "$rule"
fi
command -v kubectl >/dev/null || { echo "kubectl is missing" >&2; exit 1; }
mkdir -p target/manifests
for folder in base overlays/dev overlays/production; do
  kubectl kustomize "k8s/$folder" >"target/manifests/$(basename "$folder").yaml"
done
grep -c '^kind:' target/manifests/*.yaml
