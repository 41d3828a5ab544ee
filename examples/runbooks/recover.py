"""Recovers every connector of a lost region, with the vendor's own Python clients.

    lifeboat serve scenarios/own-runbook/three-kinds.yaml \
        --exec 'python examples/runbooks/recover.py'

Nothing in it is made for the simulation but the endpoint, which comes from the
environment. The steps are those of the article (2023-11-08): a new connector in another
region, a ticket with both Resource IDs, annotations once entities appear, and the old
connector deleted once the new one is primary.
"""

import os
import sys
import time

from azure.core.exceptions import HttpResponseError
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.mgmt.resourcegraph import ResourceGraphClient
from azure.mgmt.resourcegraph.models import QueryRequest
from azure.mgmt.security import SecurityCenter
from azure.mgmt.support import MicrosoftSupport

ENDPOINT = os.environ["LIFEBOAT_ENDPOINT"]
SUBSCRIPTION = os.environ["LIFEBOAT_SUBSCRIPTION"]
LOST = os.environ.get("LOST_REGION", "westeurope")
TARGET = os.environ.get("TARGET_REGION", "northeurope")
# Between two looks at the same thing. Against the real service this is minutes.
PAUSE = float(os.environ.get("PAUSE_SECONDS", "0.001"))
# How often somebody looks again before giving up.
LOOKS = int(os.environ.get("LOOKS", "5000"))

QUERY = """
resources
| where type =~ 'microsoft.security/securityconnectors'
| extend source = tostring(properties.environmentName)
| where location =~ '{region}' and source in~ ('AzureDevOps', 'GitHub', 'GitLab')
| project connectorId = id, name, source, hierarchy = tostring(properties.hierarchyIdentifier)
"""


class NoToken:
    """The simulation guards nothing; the real service takes DefaultAzureCredential."""

    def get_token(self, *scopes, **options):
        raise NotImplementedError


def client(kind, **options):
    return kind(
        NoToken(),
        SUBSCRIPTION,
        base_url=ENDPOINT,
        authentication_policy=SansIOHTTPPolicy(),
        **options,
    )


def until(done, what):
    for _ in range(LOOKS):
        if done():
            return
        time.sleep(PAUSE)
    sys.exit(f"gave up waiting for {what}")


class Recovery:
    # As the old connector had it: everything that the account reaches.
    discovery = {"autoDiscovery": "Enabled"}

    def __init__(self, row):
        self.old_id, self.old, self.source = row["connectorId"], row["name"], row["source"]
        self.hierarchy = row["hierarchy"]
        self.group = self.old_id.split("/")[4]
        self.new = f"{self.old}-{TARGET}"
        self.ticket = f"release-{self.old}"
        self.connectors = client(SecurityCenter, api_version="2023-10-01-preview")
        self.security = client(SecurityCenter, api_version="2023-09-01-preview")
        self.support = client(MicrosoftSupport)

    def create(self):
        created = self.connectors.security_connectors.create_or_update(
            self.group,
            self.new,
            {
                "location": TARGET,
                "properties": {
                    "environmentName": self.source,
                    "hierarchyIdentifier": self.hierarchy,
                },
            },
        )
        self.new_id = created.id

    def authorize(self):
        """A person's consent: the code is used up by the exchange, so a failed one needs another."""
        for attempt in range(LOOKS):
            try:
                self.security.dev_ops_configurations.begin_create_or_update(
                    self.group,
                    self.new,
                    {
                        "properties": {
                            "authorization": {"code": f"once-{attempt}"},
                            **self.discovery,
                        }
                    },
                ).result()
                return
            except HttpResponseError as error:
                if "TokenExchangeFailed" not in str(error):
                    raise
                # Nobody is there who could consent: look again later.
                self.look()
        sys.exit(f"{self.new}: nobody consents")

    def look(self):
        self.connectors.security_connectors.get(self.group, self.new)
        time.sleep(PAUSE)

    def ids(self):
        return self.old_id, self.new_id

    def ask_for_release(self):
        self.support.support_tickets.begin_create(
            self.ticket,
            {
                "properties": {
                    "title": f"Release the orgs of {self.old}",
                    "description": f"{LOST} is lost.\nOld connector: {self.ids()[0]}\n"
                    f"New connector: {self.ids()[1]}\norgs: all",
                    "severity": "critical",
                    "serviceId": "/providers/Microsoft.Support/services/security",
                    "problemClassificationId": "/providers/Microsoft.Support/services/security"
                    "/problemClassifications/devops",
                    "advancedDiagnosticConsent": "No",
                    "contactDetails": {
                        "firstName": "On",
                        "lastName": "Call",
                        "preferredContactMethod": "email",
                        "primaryEmailAddress": "oncall@example.com",
                        "preferredTimeZone": "UTC",
                        "country": "IRL",
                        "preferredSupportLanguage": "en-us",
                    },
                }
            },
        ).result()

    def orgs(self):
        operations = {
            "azuredevops": self.security.azure_dev_ops_orgs,
            "github": self.security.git_hub_owners,
            "gitlab": self.security.git_lab_groups,
        }[self.source.lower()]
        return list(operations.list(self.group, self.new))

    def has_all(self):
        orgs = self.orgs()
        return orgs and all(
            it.properties.onboarding_state == "Onboarded"
            and it.properties.provisioning_state == "Succeeded"
            for it in orgs
        )

    def annotate(self):
        if self.source.lower() != "azuredevops":
            return
        for org in self.orgs():
            self.security.azure_dev_ops_orgs.begin_update(
                self.group,
                self.new,
                org.name,
                {"properties": {"actionableRemediation": {"state": "Enabled"}}},
            ).result()

    def is_primary(self):
        letters = self.support.communications.list(self.ticket)
        return any("is primary for" in it.body for it in letters)

    def is_back(self):
        try:
            self.connectors.security_connectors.get(self.group, self.old)
            return True
        except HttpResponseError as error:
            if error.status_code != 502:
                raise
            return False

    def delete_old(self):
        self.connectors.security_connectors.delete(self.group, self.old)


def lost():
    graph = ResourceGraphClient(
        NoToken(), base_url=ENDPOINT, authentication_policy=SansIOHTTPPolicy()
    )
    query = QueryRequest(subscriptions=[SUBSCRIPTION], query=QUERY.format(region=LOST))
    for _ in range(LOOKS):
        try:
            return graph.resources(query).data
        except HttpResponseError as error:
            # The clients try a GET again by themselves, and a POST not.
            if error.status_code != 502:
                raise
            time.sleep(PAUSE)
    sys.exit("the inventory does not answer")


def main(kind=Recovery):
    recoveries = [kind(row) for row in lost()]
    print(f"{len(recoveries)} connectors to recover: {[it.old for it in recoveries]}")
    for it in recoveries:
        it.create()
        it.authorize()
        it.ask_for_release()
    for it in recoveries:
        until(it.has_all, f"the orgs of {it.new}")
        it.annotate()
        print(f"{it.new} has its orgs")
    for it in recoveries:
        until(it.is_primary, f"{it.new} to be primary")
        until(it.is_back, f"{it.old} to be back")
        it.delete_old()
        print(f"{it.old} is deleted")


if __name__ == "__main__":
    main()
