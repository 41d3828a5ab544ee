#!/usr/bin/env bash
# Exports a whole fleet with the vendor's command line, as docs/importing.md says.
set -euo pipefail

az=${AZ:-az}
group=$LIFEBOAT_RESOURCE_GROUP
folder=$EXPORTS

export AZURE_CONFIG_DIR=${AZURE_CONFIG_DIR:-$(mktemp -d)}
export AZURE_CORE_ONLY_SHOW_ERRORS=true AZURE_CORE_COLLECT_TELEMETRY=false
"$az" cloud register -n lifeboat --endpoint-resource-manager "$LIFEBOAT_ENDPOINT"
"$az" cloud set -n lifeboat
"$az" login --identity --output none

security() { "$az" security security-connector "$@"; }

security list >"$folder/connectors.json"
security list -g "$group" --query '[].[name, environmentName]' --output tsv |
    while read -r name environment; do
        of=(-g "$group" --security-connector-name "$name")
        case ${environment,,} in
        azuredevops) org=azuredevopsorg named=--org-name of_org=project ;;
        github) org=githubowner named=--owner-name of_org=repo ;;
        *) org=gitlabgroup named=--group-name of_org=project ;;
        esac
        security devops show "${of[@]}" >>"$folder/configurations.json"
        security devops "$org" list "${of[@]}" >>"$folder/orgs.json"
        security devops "list-available-${org}s" "${of[@]}" >>"$folder/reach.json"
        security devops "$org" list "${of[@]}" --query '[].name' --output tsv |
            while read -r it; do
                security devops "$org" "$of_org" list "${of[@]}" "$named" "$it" >>"$folder/${of_org}s.json"
            done
    done
