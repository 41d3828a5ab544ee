#!/usr/bin/env bash
# Recovers every connector of a lost region with the vendor's command line.
#
#   lifeboat serve scenarios/own-runbook/three-kinds.yaml --tls \
#       --exec 'bash examples/runbooks/recover.sh'
#
# Nothing in it is made for the simulation but the first lines, which tell `az` where
# the control plane is.
set -euo pipefail

az=${AZ:-az}
lost=${LOST_REGION:-westeurope}
target=${TARGET_REGION:-northeurope}
group=$LIFEBOAT_RESOURCE_GROUP
# For tests: what goes wrong on purpose.
mistake=${MISTAKE:-none}

export AZURE_CONFIG_DIR=${AZURE_CONFIG_DIR:-$(mktemp -d)}
export AZURE_CORE_ONLY_SHOW_ERRORS=true AZURE_CORE_COLLECT_TELEMETRY=false
"$az" cloud register -n lifeboat --endpoint-resource-manager "$LIFEBOAT_ENDPOINT"
"$az" cloud set -n lifeboat
"$az" login --identity --output none

connector() { "$az" security security-connector "$@"; }

# A ticket: there is no command for one without an extension, so the API itself.
support() {
    local method=$1 path=$2
    shift 2
    "$az" rest --method "$method" "$@" --url \
        "$LIFEBOAT_ENDPOINT/subscriptions/$LIFEBOAT_SUBSCRIPTION/providers/Microsoft.Support/supportTickets/$path?api-version=2024-04-01"
}

until_true() {
    for _ in $(seq "${LOOKS:-400}"); do
        if "$@"; then return; fi
    done
    echo "gave up waiting for: $*" >&2
    exit 1
}

has_all() { # kind, connector
    local waiting
    waiting=$(connector devops "$1" list -g "$group" --security-connector-name "$2" --query \
        "length([?properties.onboardingState!='Onboarded' || properties.provisioningState!='Succeeded'])")
    [ "$waiting" = 0 ] && [ "$(connector devops "$1" list -g "$group" \
        --security-connector-name "$2" --query 'length([])')" != 0 ]
}

is_primary() { # old connector
    support get "release-$1/communications" --query 'value[].properties.body' | grep -q 'is primary for'
}

is_back() { # old connector
    connector show -g "$group" -n "$1" --output none 2>/dev/null
}

discovery=(--auto-discovery Enabled)
if [ "$mistake" = auto-discovery ]; then discovery=(--auto-discovery Disabled); fi

mapfile -t old < <(connector list -g "$group" --query "[?location=='$lost'].name" --output tsv)
echo "to recover: ${old[*]}"
for name in "${old[@]}"; do
    new=$name-$target
    read -r id hierarchy environment < <(connector list -g "$group" --output tsv --query \
        "[?name=='$name'].[id, hierarchyIdentifier, environmentName]")
    connector create -g "$group" -n "$new" --location "$target" --output none \
        --hierarchy-identifier "$hierarchy" --environment-name "$environment"
    connector devops create -g "$group" --security-connector-name "$new" --output none \
        --authorization-code once "${discovery[@]}"
    new_id=$(connector show -g "$group" -n "$new" --query id --output tsv)
    if [ "$mistake" = resource-id ]; then id=$new_id; fi
    if [ "$mistake" = deletion ]; then
        until_true is_back "$name"
        connector delete -g "$group" -n "$name" --yes
    fi
    body=$(printf '{"properties":{"title":"Release the orgs of %s","severity":"critical","description":"%s is lost. Old connector: %s . New connector: %s"}}' \
        "$name" "$lost" "$id" "$new_id")
    support put "release-$name" --body "$body" --output none
done
# Whoever made a mistake need not wait for what will not come.
if [ "$mistake" != none ]; then exit 1; fi
for name in "${old[@]}"; do
    new=$name-$target
    environment=$(connector show -g "$group" -n "$new" --query environmentName --output tsv)
    case ${environment,,} in
    azuredevops)
        kind=azuredevopsorg
        connector devops list-available-azuredevopsorgs -g "$group" \
            --security-connector-name "$new" --query 'value[].name' --output tsv
        ;;
    github) kind=githubowner ;;
    *) kind=gitlabgroup ;;
    esac
    until_true has_all "$kind" "$new"
    if [ "$kind" = azuredevopsorg ]; then
        for org in $(connector devops "$kind" list -g "$group" --security-connector-name "$new" \
            --query '[].name' --output tsv); do
            connector devops azuredevopsorg update -g "$group" --security-connector-name "$new" \
                --org-name "$org" --actionable-remediation '{state:Enabled}' --output none
        done
    fi
    echo "$new has its orgs"
done
for name in "${old[@]}"; do
    until_true is_primary "$name"
    until_true is_back "$name"
    connector delete -g "$group" -n "$name" --yes
    echo "$name is deleted"
done
