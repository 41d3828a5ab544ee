//! As much of the query language as finding connectors takes. What is not understood
//! is refused, with what is.

mod evaluate;
mod parse;
mod tokens;

use serde_json::Value;

#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "The query is not understood at {at:?}. What is: 'resources' or 'securityresources', then, \
     each after '|': where (==, =~, !=, !~, in, in~, contains, has, startswith, and, or, not, \
     parentheses), extend, project, order by, limit, take, count; values are texts, numbers, \
     columns as in properties.environmentName, tostring(), tolower(), toupper(), parse_json()."
)]
pub(super) struct BadQuery {
    /// What begins there.
    at: String,
}

/// A query: stages, one after another.
#[derive(Clone, Debug)]
pub(super) struct Query(Vec<Stage>);

#[derive(Clone, Debug)]
enum Stage {
    Where(Test),
    Extend(Vec<(String, Term)>),
    Project(Vec<(String, Term)>),
    Order(Vec<(Term, bool)>),
    Limit(usize),
    Count,
}

#[derive(Clone, Debug)]
enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Is(Term, Like, Vec<Term>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Like {
    Equal { fold: bool, not: bool },
    In { fold: bool },
    Contains,
    Begins,
}

#[derive(Clone, Debug)]
enum Term {
    Value(Value),
    Column(Vec<String>),
    Call(Function, Box<Term>),
}

#[derive(Clone, Copy, Debug)]
enum Function {
    Text,
    Lower,
    Upper,
    Json,
}

#[cfg(test)]
mod tests {
    use super::evaluate::text;
    use super::*;
    use serde_json::json;

    fn found(query: &str) -> Result<Vec<Value>, BadQuery> {
        let rows = [
            ("a", "westeurope", "Github"),
            ("b", "eastus", "AzureDevOps"),
        ];
        let rows = rows.map(|(name, location, environment)| {
            json!({ "name": name, "location": location, "type": "microsoft.security/securityconnectors",
                    "properties": { "environmentName": environment } })
        });
        query.parse::<Query>().map(|it| it.run(rows.into()))
    }

    #[test]
    fn rows_are_found_shaped_and_ordered() {
        let query = "resources
            | where type =~ 'Microsoft.Security/securityConnectors' // ours
            | extend source = tostring(properties.environmentName)
            | where source in ('Github', \"AzureDevOps\") and not(location contains 'nowhere')
            | order by name desc
            | project region = location, properties['environmentName'], source
            | take 1";
        let row = json!({ "region": "eastus", "properties_environmentName": "AzureDevOps",
                          "source": "AzureDevOps" });
        assert_eq!(found(query), Ok(vec![row]));
        let names = |query: &str| -> Vec<String> {
            let rows = found(query).expect("it is understood");
            rows.iter().map(|it| text(&it["name"])).collect()
        };
        assert_eq!(names("resources | where name != 'a'"), ["b"]);
        assert_eq!(names("Resources | where name == 'A'"), [""; 0]);
        assert_eq!(
            names("resources | where name in~ ('A') or location startswith 'EAST'"),
            ["a", "b"]
        );
        assert_eq!(found("resources | count"), Ok(vec![json!({ "Count": 2 })]));
    }

    #[test]
    fn what_is_not_understood_is_refused_where_it_stands() {
        for (query, at) in [
            ("", ""),
            ("machines | take 1", "machines | take 1"),
            ("resources | summarize count()", "summarize count()"),
            ("resources | where name", ""),
            ("resources | where name == 'a", "'a"),
            ("resources | take all", "all"),
            ("resources | where strlen(name) == 1", "strlen(name) == 1"),
            ("resources | project", ""),
            ("resources ~", "~"),
        ] {
            assert_eq!(found(query), Err(BadQuery { at: at.into() }), "{query}");
        }
        let deep = format!("resources | where {}", "(".repeat(5_000));
        assert!(found(&deep).is_err());
        let deep = format!("resources | where {}", "tolower(".repeat(2_000));
        assert!(found(&deep).is_err());
    }
}
